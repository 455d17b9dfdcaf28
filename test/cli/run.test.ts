import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseNotebook } from '../../lib/notebook/index.ts'
import { run, scratchFolder } from './io.ts'

const folder = scratchFolder()

function notebook(name: string, ...cells: readonly string[]): string {
  const file = path.join(folder, name)
  const parameters = {
    cell_type: 'code',
    id: 'p',
    metadata: { tags: ['parameters'] },
    source: 'const seed: number = 1',
    execution_count: null,
    outputs: [],
  }
  const rest = cells.map((source, i) => ({
    cell_type: 'code',
    id: `c${i}`,
    metadata: {},
    source,
    execution_count: null,
    outputs: [],
  }))
  fs.writeFileSync(file, JSON.stringify({ cells: [parameters, ...rest], metadata: {}, nbformat: 4, nbformat_minor: 5 }))
  return file
}

describe('clvlab run', () => {
  test('runs several notebooks with the same parameters, each over itself, and fails when one does', async () => {
    const files = [
      notebook('a.ipynb', 'seed * 2'),
      notebook('b.ipynb', 'throw new Error("in b")'),
      notebook('c.ipynb', 'seed * 3'),
    ]
    const ran = await run('run', ...files, '-p', 'seed=7', '--json')
    expect(ran.code).toBe(1)
    expect((JSON.parse(ran.stdout) as { status: string }[]).map(({ status }) => status)).toEqual(['ok', 'error', 'ok'])
    const last = files.map(file => parseNotebook(fs.readFileSync(file, 'utf8'), file).cells.at(-1))
    expect(last).toMatchObject([
      { outputs: [{ data: { 'text/plain': '14' } }] },
      { outputs: [{ evalue: 'in b' }] },
      { outputs: [{ data: { 'text/plain': '21' } }] },
    ])
  })

  test('a copy keeps when, where and with what it was run, for its report; a notebook that runs over itself does not', async () => {
    const [file, out] = [notebook('kept.ipynb', 'seed'), path.join(folder, 'copy.ipynb')]
    expect((await run('run', file, '--out', out)).code).toBe(0)
    const kept = parseNotebook(fs.readFileSync(out, 'utf8'), out).metadata['clvlab'] as { readonly run: Record<string, object> }
    expect(Object.keys(kept.run['run'] ?? {})).toEqual(['commit', 'date', 'duration', 'machine'])
    const { code } = await run('report', out, '--out', path.join(folder, 'told'), '--static')
    expect(code).toBe(0)
    const twin = fs.readFileSync(path.join(folder, 'told', 'copy.md'), 'utf8')
    expect(twin).toMatch(/- Run: \d{4}-\d\d-\d\d, \d+ s\n/)
    expect(twin).not.toContain('not known; exported')
    await run('run', file)
    expect(parseNotebook(fs.readFileSync(file, 'utf8'), file).metadata).not.toHaveProperty('clvlab')
  })

  test('a notebook takes the place of a notebook or of nothing', async () => {
    const [file, other] = [notebook('source.ipynb', 'seed'), path.join(folder, 'data.csv')]
    fs.writeFileSync(other, 'a,b')
    const { code, stderr } = await run('run', file, '--out', other)
    expect([code, stderr]).toEqual([2, expect.stringMatching(/no notebook, and a notebook would take its place/)])
    expect(fs.readFileSync(other, 'utf8')).toBe('a,b')
  })

  test('running it again with the same parameters gives the same bytes', async () => {
    const file = notebook('again.ipynb', 'seed + 1')
    expect((await run('run', file, '-p', 'seed=2')).code).toBe(0)
    const first = fs.readFileSync(file, 'utf8')
    expect((await run('run', file, '-p', 'seed=2')).code).toBe(0)
    expect(fs.readFileSync(file, 'utf8')).toBe(first)
  })

  test.each([
    [[], 2, /say which notebook/],
    [['a.ipynb', 'c.ipynb', '-o', 'x.ipynb'], 2, /several notebooks/],
    [['a.ipynb', 'a.ipynb'], 2, /named twice/],
    [['a.ipynb', '-j', '0'], 2, /no number of notebooks/],
    [['a.ipynb', '-p', 'seed=many'], 1, /give a value of type number/],
    [['a.ipynb', 'c.ipynb', '-p', 'sede=1'], 1, /no parameter "sede"[\s\S]*one of seed/],
  ])('%j is refused before a kernel starts', async (argv, code, message) => {
    const ran = await run('run', ...argv.map(each => (each.endsWith('.ipynb') ? path.join(folder, each) : each)))
    expect(ran.code).toBe(code)
    expect(ran.stderr).toMatch(message)
  })
})
