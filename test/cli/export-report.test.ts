import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { confusionMatrix } from '../../lib/charts/index.ts'
import { exportReport } from '../../lib/cli/export-report.ts'
import { serialiseNotebook } from '../../lib/notebook/index.ts'
import { withLooks } from '../../lib/report/looks.ts'
import { tight } from '../../lib/report/tight.ts'
import { DISPLAY } from '../../lib/schema/index.ts'
import { code, notebook, provenance, shown, pngOf } from '../report/notebook.ts'
import { scratchFolder } from './io.ts'

const silent = { stderr: (text: string): never => expect.fail(text) }

test('a figure without words is said on the terminal, with its cell', async () => {
  const folder = scratchFolder()
  const executed = path.join(folder, 'run.ipynb')
  fs.writeFileSync(
    executed,
    serialiseNotebook(notebook('# T', code('bare', 'picture', shown({ 'image/png': pngOf('bare').toString('base64') })))),
  )
  let said = ''
  await exportReport(folder, 'bare', executed, provenance, false, { stderr: text => void (said += text) })
  expect(said).toBe(
    'warning: figure 1 (cell bare) has no title\nwarning: figure 1 (cell bare) has no alternative text, for those who cannot see it\n',
  )
})

test('a formula that cannot be read is said on the terminal, with its cell and why', async () => {
  const folder = scratchFolder()
  const executed = path.join(folder, 'run.ipynb')
  fs.writeFileSync(executed, serialiseNotebook(notebook('# On $x$\n\n$\\frac{1$ and $y$ for $5')))
  let said = ''
  await exportReport(folder, 'math', executed, provenance, false, { stderr: text => void (said += text) })
  expect(said).toMatch(/^warning: the formula "\\\\frac\{1" \(cell m\) is shown as it is written: Unexpected end of input.*\n$/)
})

test('charts are drawn by the chart room: static in the page, compiled for live ones, a picture for the twin', async () => {
  const folder = scratchFolder()
  const chart = confusionMatrix({ model: 'A', truePositive: 3, falsePositive: 1, falseNegative: 2, trueNegative: 4 })
  const { data, metadata = {} } = await chart[DISPLAY]()
  const executed = path.join(folder, 'run.ipynb')
  fs.writeFileSync(executed, serialiseNotebook(notebook('# T', code('a', 'chart', shown({ ...data }, { ...metadata })))))
  const file = await exportReport(path.join(folder, 'out'), 'named', executed, provenance, true, silent)
  expect(file).toBe(path.join(folder, 'out', 'named.html'))
  const page = fs.readFileSync(file, 'utf8')
  expect(page).toContain(tight(withLooks(await chart.svg())))
  const spec = JSON.parse(/<script type="application\/json" id="spec-1">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '') as {
    $schema: string
    width: number
  }
  expect(spec).toMatchObject({ $schema: 'https://vega.github.io/schema/vega/v6.json', width: 640 })
  expect(fs.readFileSync(path.join(folder, 'out', 'images', 'named', 'figure-1.png')).toString('base64')).toBe(data['image/png'])
})
