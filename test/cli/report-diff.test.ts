import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { serialiseNotebook } from '../../lib/notebook/index.ts'
import { finding } from '../../lib/report/index.ts'
import { COMPARISON_MIME, DISPLAY } from '../../lib/schema/index.ts'
import { score } from '../report/diff/runs.ts'
import { quoted } from '../../lib/report/quoted.ts'
import { code, notebook, shown } from '../report/notebook.ts'
import { run, scratchFolder } from './io.ts'

const folder = scratchFolder()
const at = (name: string): string => path.join(folder, name)
const out = at('diff.html')

/** An executed notebook whose best model scores so high. */
function executed(name: string, seed: number, value: number, bar: number, title = 'Bars'): string {
  const chart = {
    'application/vnd.vegalite.v5+json': {
      data: { values: [{ a: bar }] },
      mark: 'bar',
      encoding: { x: { field: 'a', type: 'quantitative' } },
    },
  }
  const compared = { digest: 'd', split: '10 customers', scores: [score({ value, low: value - 0.05, high: value + 0.05 })] }
  const document = notebook(
    '# A study',
    { ...code('p', `const seed: number = ${seed}`), metadata: { tags: ['parameters'] } },
    code('c', 'comparison', shown({ 'text/plain': 'table', [COMPARISON_MIME]: compared })),
    code('g', 'chart', shown(chart, { clvlab: { title, caption: '', alt: 'bars' } })),
    code('f', 'finding', shown({ ...finding('is the Gini', value.toFixed(2))[DISPLAY]().data })),
  )
  fs.writeFileSync(at(name), serialiseNotebook(document))
  return at(name)
}

const a = executed('a.ipynb', 1, 0.5, 3)
const b = executed('b.ipynb', 2, 0.9, 4)

test('two executed notebooks: text in the terminal, a page beside it', async () => {
  const { code: status, stdout } = await run('report', 'diff', a, b, '--out', out)
  expect(status).toBe(0)
  expect(stdout).toContain('seed: 1 → 2')
  expect(stdout).toMatch(/better +Gini +Model M +0\.500 → 0\.900/)
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(out)
  const page = quoted(fs.readFileSync(out, 'utf8'))
  expect(page).toContain('<td class="verdict-better">better<')
  expect(page.match(/<svg role="img"/g)).toHaveLength(2)
  expect(page.match(/ id="([^"]+)"/g)).toHaveLength(new Set(page.match(/ id="([^"]+)"/g)).size)
})

test('a report carries what a diff needs: two pages say what their notebooks say', async () => {
  for (const name of ['a', 'b']) await run('report', at(`${name}.ipynb`), '--out', folder, '--static')
  const { stdout } = await run('report', 'diff', at('a.html'), at('b.md'), '--json', '--out', out)
  const said = JSON.parse(stdout) as { readonly parameters: unknown; readonly comparisons: unknown; readonly page: string }
  const notebooks = JSON.parse((await run('report', 'diff', a, b, '--json', '--out', out)).stdout) as typeof said
  expect(said.comparisons).toEqual(notebooks.comparisons)
  expect(said.parameters).toEqual([{ name: 'seed', a: '1', b: '2', same: false }])
  expect(said.page).toBe(out)
  expect(fs.readFileSync(out, 'utf8').match(/<svg role=img/g)).toHaveLength(2)
})

test('payloads in what is read stay inert', async () => {
  const evil = executed('evil.ipynb', 3, 0.7, 5, '</title><script>alert(1)</script>')
  await run('report', 'diff', a, evil, '--out', out)
  expect(fs.readFileSync(out, 'utf8')).not.toContain('<script>alert')
})

test('what is no run is a named error that writes nothing', async () => {
  fs.rmSync(out, { force: true })
  fs.writeFileSync(at('other.html'), '<html></html>')
  expect(await run('report', 'diff', a, at('other.html'), '--out', out)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no whole record of its run') as string,
  })
  expect(await run('report', 'diff', a, at('gone.html'), '--out', out)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no such file') as string,
  })
  const failed = await run('report', 'diff', a, at('gone.html'), '--out', out, '--json')
  expect(JSON.parse(failed.stdout)).toMatchObject({ error: { code: 'not-there' } })
  expect(await run('report', 'diff', a)).toMatchObject({ code: 2, stderr: expect.stringContaining('B is missing') as string })
  expect(fs.existsSync(out)).toBe(false)
})
