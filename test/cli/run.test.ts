import { spawn } from 'node:child_process'
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

  test('refuses a place that cannot be written before it starts', async () => {
    const file = notebook('unwritable.ipynb', 'seed')
    expect(await run('run', file, '-o', folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('something that is no notebook'),
    })
    expect((await run('run', file, '-o', path.join(folder, 'none/x.ipynb'))).stderr).toContain('no folder to write into')
  })

  test('takes limits longer than a timer holds, goes on behind a cell that took too long, and names the limit', async () => {
    const file = notebook('limits.ipynb', 'await new Promise(resolve => setTimeout(resolve, 60_000))', '"third"')
    const ran = await run('run', file, '--continue', '--cell-timeout', '0.5', '--timeout', '2592000', '--json')
    const { reason, cells } = JSON.parse(ran.stdout) as { reason: string; cells: { status: string }[] }
    expect(reason).toBe('cell 2 took longer than 0.5 s')
    expect(cells.map(({ status }) => status)).toEqual(['ok', 'timeout', 'ok'])
    const whole = await run('run', notebook('whole.ipynb', 'for (;;);'), '--timeout', '1.5', '--json')
    expect((JSON.parse(whole.stdout) as { reason: string }).reason).toMatch(/^the run took longer than 1\.5 s/)
  })

  test.each(['SIGTERM', 'SIGHUP'] as const)('puts away what ran when it is ended by %s', async signal => {
    const out = path.join(folder, `${signal}.ipynb`)
    const file = notebook('slow.ipynb', 'console.log("begun"); await new Promise(resolve => setTimeout(resolve, 60_000))')
    const root = path.resolve(import.meta.dirname, '../..')
    const child = spawn(process.execPath, [path.join(root, 'bin/clvlab.js'), 'run', file, '-o', out], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await new Promise<void>(resolve => child.stderr.on('data', (text: Buffer) => String(text).includes('[1/2]') && resolve()))
    child.kill(signal)
    expect(await new Promise(resolve => child.once('exit', resolve))).toBe(signal === 'SIGTERM' ? 143 : 129)
    expect(parseNotebook(fs.readFileSync(out, 'utf8'), out).cells[0]).toMatchObject({ execution_count: 1 })
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
