import path from 'node:path'
import { expect, test } from 'vitest'
import { drawSvg } from '../../lib/charts/draw.ts'
import { readNotebook, type CodeCell, type Notebook } from '../../lib/notebook/index.ts'
import { exportHtml, type Drawing } from '../../lib/report/index.ts'
import { sample } from '../charts/sample.ts'
import { code, notebook, provenance, shown } from './notebook.ts'

const drawing: Drawing = { svg: async (spec, words) => await drawSvg(spec, 'page', words), compile: spec => spec }
const bytes = async (ran: Notebook): Promise<number> => Buffer.byteLength(await exportHtml(ran, { provenance, drawing }))
const outputs = Object.values(sample).map(({ spec, title, caption, alt }) =>
  shown({ 'application/vnd.vegalite.v5+json': spec }, { clvlab: { title, caption, alt } }),
)

test('a report of one cell is under 22,000 bytes', async () => {
  const size = await bytes(notebook('# A title\n\nWords.', code('a', 'const x = 1\nx', shown({ 'text/plain': '1' }))))
  expect(size).toBeLessThan(22_000)
  expect(size).toBeGreaterThan(10_000) // the typeface is there
})

test('a chart of each kind takes under 2,600 bytes in the mean', async () => {
  const [none, all] = await Promise.all([
    bytes(notebook('# A title', code('a', '1'))),
    bytes(notebook('# A title', code('a', '1', ...outputs))),
  ])
  expect((all - none) / outputs.length).toBeLessThan(2600)
})

test('a report of the first notebook’s words and code, with a chart of each kind, is under 110,000 bytes', async () => {
  const course = await readNotebook(path.join(import.meta.dirname, '../../notebooks/01-from-events-to-value.ipynb'))
  const places = course.cells.filter(cell => cell.cell_type === 'code')
  const cells = course.cells.map(cell => {
    const at = places.indexOf(cell as CodeCell)
    return at < 0 || outputs[at] === undefined ? cell : { ...(cell as CodeCell), outputs: [outputs[at]] }
  })
  expect(places.length).toBeGreaterThan(outputs.length)
  expect(await bytes({ ...course, cells })).toBeLessThan(110_000)
})
