import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { serialiseNotebook, type Notebook } from '../../lib/notebook/index.ts'
import { quoted } from '../../lib/report/quoted.ts'
import { code, notebook, shown } from '../report/notebook.ts'
import { run, scratchFolder } from './io.ts'

const folder = scratchFolder()
const out = path.join(folder, 'out')

function file(name: string, document: Notebook): string {
  fs.writeFileSync(path.join(folder, name), serialiseNotebook(document))
  return path.join(folder, name)
}
const parameters = { ...code('p', 'const seed: number = 42\nconst data: string = "shop"'), metadata: { tags: ['parameters'] } }
const log = code('l', 'log', shown({ 'text/plain': 'Shop' }, { clvlab: { dataset: { title: 'The shop', checksum: 'c5ff14' } } }))
const chart = code(
  'c',
  'chart',
  shown(
    {
      'application/vnd.vegalite.v5+json': {
        data: { values: [{ a: 1 }] },
        mark: 'bar',
        encoding: { x: { field: 'a', type: 'quantitative' } },
      },
    },
    { clvlab: { title: 'T', caption: '', alt: 'A' } },
  ),
)
const text = (name: string): string => quoted(fs.readFileSync(path.join(out, name), 'utf8'))

test('a notebook that was run tells parameters, seed, and the data with its checksum; the rest is said not to be known', async () => {
  const { code: status, stdout } = await run(
    'report',
    file('told.ipynb', notebook('# Told', parameters, log, chart)),
    '--out',
    out,
    '--static',
  )
  expect([status, stdout]).toEqual([0, `${path.join(out, 'told.html')}\n`])
  expect(text('told.md')).toContain('- Parameters: `seed = 42`, `data = "shop"`')
  expect(text('told.md')).toContain('- Data: The shop, SHA-256 `c5ff14`')
  expect(text('told.md')).toContain('- Device: not known')
  expect(text('told.md')).toMatch(
    /- Run: exported \d{4}-\d\d-\d\d, duration not known\n- Machine: not known; exported on .*\n- Commit: not known; exported at /,
  )
  expect(text('told.html')).toContain('<svg role="img"')
  expect(text('told.html').length).toBeLessThan(100_000)
})

test('a notebook that shows no event log says so', async () => {
  await run('report', file('silent.ipynb', notebook('# Silent', code('a', '1'))), '--out', out, '--static')
  expect(text('silent.md')).toContain('- Parameters: none\n- Data: not known: no cell showed its event log, SHA-256 `not known`')
})

test('live charts come unless they are left out', async () => {
  await run('report', file('live.ipynb', notebook('# Live', chart)), '--out', out)
  expect(text('live.html')).toContain('<script type="application/json" id="spec-1">')
  expect(text('told.html')).not.toContain('id="spec-1"')
})

test('a notebook that failed is exported and marked', async () => {
  const failed = code('a', 'x', { output_type: 'error', ename: 'TypeError', evalue: 'no', traceback: [] })
  expect((await run('report', file('failed.ipynb', notebook('# F', failed)), '--out', out, '--static')).code).toBe(0)
  expect(JSON.parse(text('failed.json'))).toMatchObject({ state: 'failed' })
})

test('a notebook that was never run, none, and one that is not there are named errors that write nothing', async () => {
  const fresh = { ...code('a', '1'), execution_count: null }
  const before = fs.readdirSync(out)
  expect(await run('report', file('fresh.ipynb', notebook('# N', fresh)), '--out', out)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/no cell of the notebook has been run[\s\S]*clvlab run/) as string,
  })
  expect(await run('report')).toMatchObject({ code: 2, stderr: expect.stringContaining('NOTEBOOK') as string })
  expect(await run('report', path.join(folder, 'gone.ipynb'), '--out', out)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('gone.ipynb') as string,
  })
  expect(fs.readdirSync(out)).toEqual(before)
})
