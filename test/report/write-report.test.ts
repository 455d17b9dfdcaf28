import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ReportError } from '../../lib/errors/index.ts'
import { finding, writeReport, type Provenance, type ReportCard } from '../../lib/report/index.ts'
import { DISPLAY } from '../../lib/schema/index.ts'
import { code, drawing, notebook, pngOf, provenance, shown } from './notebook.ts'

let folder = ''
beforeEach(() => void (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-report-'))))
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

const chart = (title: string, png: string) =>
  shown(
    { 'application/vnd.vegalite.v5+json': { mark: 'bar' }, 'image/png': pngOf(png).toString('base64') },
    { clvlab: { title, caption: 'C', alt: 'A' } },
  )
const found = () => shown({ ...finding('stay', '70%')[DISPLAY]().data })
const run = async (
  document = notebook('# T', code('a', '1', chart('One', 'one')), code('b', '2', chart('Two', 'two')), code('c', '3', found())),
  from: Provenance = provenance,
): Promise<string> => await writeReport(folder, 'n', document, { provenance: from, drawing })

/** Every file with its bytes, and the node that holds it: a file written anew has another. */
function state(): ReadonlyMap<string, string> {
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => fs.statSync(path.join(folder, name)).isFile())
  return new Map(
    files
      .sort()
      .map(name => [
        name,
        `${fs.statSync(path.join(folder, name)).ino} ${fs.readFileSync(path.join(folder, name)).toString('hex')}`,
      ]),
  )
}
const card = (): ReportCard => JSON.parse(fs.readFileSync(path.join(folder, 'n.json'), 'utf8')) as ReportCard

test('writes the page, its Markdown twin, the pictures and a card, and gives the page', async () => {
  expect(await run()).toBe(path.join(folder, 'n.html'))
  expect([...state().keys()]).toEqual(['images/n/figure-1.png', 'images/n/figure-2.png', 'n.html', 'n.json', 'n.md'])
  expect(fs.readFileSync(path.join(folder, 'images/n/figure-2.png'))).toEqual(pngOf('two'))
  expect(card()).toEqual({
    name: 'n',
    title: 'T',
    finding: 'stay',
    value: '70%',
    cell: 'c',
    facts: { title: 'Shop', checksum: 'abc' },
    others: [],
    data: 'Shop',
    state: 'ok',
    drawing: '<svg role="img"><title>One</title></svg>',
  })
})

describe('a second run', () => {
  test('rewrites nothing when only date, duration, machine and commit changed', async () => {
    await run()
    const before = state()
    await run(undefined, { ...provenance, run: { date: '2031-01-01', duration: '77 s', machine: 'another', commit: 'beef' } })
    expect(state()).toEqual(before)
  })

  test('rewrites page and twin when a parameter changed, and leaves pictures and card alone', async () => {
    await run()
    const before = state()
    await run(undefined, { ...provenance, parameters: { seed: 2 } })
    const after = state()
    expect([...after].filter(([name, bytes]) => before.get(name) !== bytes).map(([name]) => name)).toEqual(['n.html', 'n.md'])
  })

  test('takes away pictures that the notebook no longer has', async () => {
    await run()
    await run(notebook('# T', code('a', '1', chart('One', 'one'))))
    expect([...state().keys()]).toEqual(['images/n/figure-1.png', 'n.html', 'n.json', 'n.md'])
  })
})

test('a notebook that failed is written and marked, in page, twin and card', async () => {
  await run(notebook('# T', code('a', 'x', { output_type: 'error', ename: 'TypeError', evalue: 'no such thing', traceback: [] })))
  expect(card().state).toBe('failed')
  expect(fs.readFileSync(path.join(folder, 'n.html'), 'utf8')).toContain('This run failed.')
  expect(fs.readFileSync(path.join(folder, 'n.md'), 'utf8')).toContain('> **This run failed.** TypeError: no such thing')
})

test.each(['failed', 'running'])('a run whose notebook says "%s" between cells is marked too', async status => {
  await run({ ...notebook('# T', code('a', '1')), metadata: { clvlab: { status, reason: 'cell 2 took longer than 9 s' } } })
  expect(card().state).toBe('failed')
  expect(fs.readFileSync(path.join(folder, 'n.html'), 'utf8')).toContain('cell 2 took longer than 9 s')
})

test('a drawing that fails by a fault of ours leaves the earlier report whole', async () => {
  await run()
  const before = state()
  const broken = { ...drawing, svg: async (): Promise<string> => await Promise.reject(new Error('undrawable')) }
  await expect(
    writeReport(folder, 'n', notebook('# Other', code('a', '1', chart('One', 'one'))), { provenance, drawing: broken }),
  ).rejects.toThrow('undrawable')
  expect(state()).toEqual(before)
})

describe('what no report has made stays', () => {
  const put = (file: string, text: string): void => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    fs.writeFileSync(path.join(folder, file), text)
  }
  const read = (file: string): string => fs.readFileSync(path.join(folder, file), 'utf8')

  test.each([
    ['n.md', 'My own notes'],
    ['n.json', '{"my": "own"}'],
    ['n.json', 'no JSON'],
    ['n.html', '<p>My own page</p>'],
    ['n.html/inside', 'a folder in the way'],
    ['images/n/figure-1.png', 'my own figure'],
  ])('%s: a named error before anything is written', async (file, text) => {
    put(file, text)
    await expect(run()).rejects.toMatchObject({ name: 'ReportError', code: 'not-a-report' })
    expect(read(file)).toBe(text)
    expect([...state().keys()]).toEqual([file])
  })

  test('a picture among those of the report, whatever its name, and a folder there', async () => {
    await run()
    put('images/n/beach.jpg', 'sand')
    put('images/n/figure-9.png', 'an earlier figure')
    put('images/n/more/a.txt', 'a')
    await run(notebook('# T', code('a', '1', chart('One', 'one'))))
    expect(fs.readdirSync(path.join(folder, 'images/n')).toSorted()).toEqual(['beach.jpg', 'figure-1.png', 'more'])
  })

  test('a folder that stands where a figure goes is a named error too', async () => {
    await run()
    fs.rmSync(path.join(folder, 'images/n/figure-2.png'))
    put('images/n/figure-2.png/a.txt', 'a')
    await expect(run()).rejects.toMatchObject({ code: 'not-a-report' })
  })
})

test('a figure that cannot be drawn costs no reader the rest: its picture stands in, or a sentence, and somebody is told', async () => {
  const broken = {
    ...drawing,
    svg: async (): Promise<string> =>
      await Promise.reject(new ReportError({ code: 'undrawable', what: 'no such mark', remedy: 'mend it' })),
  }
  const told: string[] = []
  const bare = shown({ 'application/vnd.vegalite.v5+json': { mark: 'x' } }, { clvlab: { title: 'Bare', caption: 'C', alt: 'A' } })
  await writeReport(folder, 'n', notebook('# T', code('a', '1', chart('One', 'one')), code('b', '2', bare)), {
    provenance,
    interactive: true,
    drawing: broken,
    onUndrawn: ({ number }, why) => told.push(`${number}: ${why.split('\n')[0]}`),
  })
  const page = fs.readFileSync(path.join(folder, 'n.html'), 'utf8')
  expect(page).toContain(`src="data:image/png;base64,${pngOf('one').toString('base64')}"`)
  expect(page).toContain('This figure could not be drawn: no such mark')
  expect(page).not.toContain('id="spec-')
  expect(told).toEqual(['1: no such mark', '2: no such mark'])
})
