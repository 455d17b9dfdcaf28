import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parseNotebook, runNotebook, serialiseNotebook } from '../../../lib/notebook/index.ts'
import type { CodeCell, Notebook, RunOptions, RunProgress, RunResult } from '../../../lib/notebook/index.ts'

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/notebooks')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-run-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))

async function run(
  name: string,
  options: Partial<RunOptions> = {},
): Promise<{ result: RunResult; notebook: Notebook; text: string }> {
  const out = path.join(folder, `${name}.ipynb`)
  const own = path.join(folder, 'in', `${name}.ipynb`)
  const notebook = fs.existsSync(own) ? own : path.join(fixtures, `${name}.ipynb`)
  const result = await runNotebook({ notebook, out, ...options })
  const text = fs.readFileSync(out, 'utf8')
  return { result, notebook: parseNotebook(text, out), text }
}

/** Writes a notebook of one cell. @returns its name */
function written(name: string, source: string, metadata = {}): string {
  const only = { cell_type: 'code', id: 'only', metadata: {}, source, execution_count: null, outputs: [] } as const
  fs.mkdirSync(path.join(folder, 'in'), { recursive: true })
  const text = serialiseNotebook({ cells: [only], metadata, nbformat: 4, nbformat_minor: 5 })
  fs.writeFileSync(path.join(folder, 'in', `${name}.ipynb`), text)
  return name
}

function cell(notebook: Notebook, id: string): CodeCell {
  return notebook.cells.find(cell => cell.id === id) as CodeCell
}

describe('runNotebook', () => {
  test('runs the cells in order, stores outputs and counts, and tells its progress', async () => {
    const seen: RunProgress[] = []
    const { result, notebook } = await run('two-cells', { parameters: { seed: 7 }, onProgress: progress => seen.push(progress) })
    expect(result.status).toBe('ok')
    expect(cell(notebook, 'first').outputs).toEqual([{ output_type: 'stream', name: 'stdout', text: 'twice 14 function\n' }])
    expect(cell(notebook, 'second')).toMatchObject({
      execution_count: 4,
      outputs: [{ output_type: 'execute_result', data: { 'text/plain': '15' } }],
    })
    expect(seen.map(({ cell, of, state }) => `${cell}/${of} ${state}`)).toEqual([
      '1/4 start',
      '1/4 end',
      '2/4 start',
      '2/4 end',
      '3/4 start',
      '3/4 end',
      '4/4 start',
      '4/4 end',
    ])
  })

  test('gives the same bytes twice', async () => {
    const first = await run('two-cells')
    expect((await run('two-cells')).text).toBe(first.text)
  })

  test('an unknown or wrong parameter is refused before anything starts', async () => {
    await expect(run('two-cells', { parameters: { sede: 1 } })).rejects.toThrow(/no parameter "sede"/)
    await expect(run('two-cells', { parameters: { seed: 'x' } })).rejects.toThrow(/type number/)
  })

  test('stops at a failed cell, keeps what was run, and marks the notebook', async () => {
    const { result, notebook } = await run('fails-in-the-middle')
    expect(result).toMatchObject({
      status: 'error',
      reason: 'cell 2: Error: in the middle',
      cells: [{ status: 'ok' }, { status: 'error' }, { status: 'skipped' }],
    })
    expect(cell(notebook, 'before').outputs).toHaveLength(1)
    expect(cell(notebook, 'fails').outputs).toMatchObject([{ output_type: 'error', ename: 'Error', evalue: 'in the middle' }])
    expect(cell(notebook, 'after')).toMatchObject({ execution_count: null, outputs: [] })
    expect(notebook.metadata['clvlab']).toEqual({ status: 'failed', reason: 'cell 2: Error: in the middle' })
  })

  test('goes on behind a failed cell when told to, and still fails', async () => {
    const { result, notebook } = await run('fails-in-the-middle', { onError: 'continue' })
    expect(result.cells.map(({ status }) => status)).toEqual(['ok', 'error', 'ok'])
    expect(result.status).toBe('error')
    expect(cell(notebook, 'after').outputs).toMatchObject([{ text: 'after 1\n' }])
  })

  test('a rejection after its cell had ended fails the run', async () => {
    const { result, notebook } = await run('loose-rejection')
    expect(result.status).toBe('error')
    expect(result.cells[0]).toMatchObject({ id: 'loose', status: 'error', error: { evalue: 'too late' } })
    expect(cell(notebook, 'loose').outputs).toMatchObject([{ output_type: 'error', evalue: 'too late' }])
  })

  test('what cells have started is waited for behind the last one, but nothing that ticks for ever', async () => {
    const sleep = 'await new Promise(resolve => setTimeout(resolve, 1200))'
    const late = await run(written('late', `void (async () => { ${sleep}; throw new Error('late') })(); 1`), {})
    expect(late.result).toMatchObject({ status: 'error', reason: 'Error: late (after its cell had ended)' })
    const child = "import { execFile } from 'node:child_process'\nexecFile('sleep', ['1'], () => { throw new Error('child') }); 1"
    expect((await run(written('child', child))).result).toMatchObject({
      status: 'error',
      cells: [{ error: { evalue: 'child' } }],
    })
    const ticks = await run(written('ticks', 'setInterval(() => undefined, 100); 1'))
    expect([ticks.result.status, ticks.result.pending]).toEqual(['ok', undefined])
    expect((await run(written('empty', ''))).result).not.toHaveProperty('pending')
  }, 60_000)

  test('a notebook of another language is refused, and what it holds stays', async () => {
    const name = written('python', 'print(1)', { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' } })
    const file = path.join(folder, 'in', `${name}.ipynb`)
    const before = fs.readFileSync(file, 'utf8')
    await expect(run(name, { out: file })).rejects.toThrow(/written in python[\s\S]*its own kernel/)
    expect(fs.readFileSync(file, 'utf8')).toBe(before)
  })

  test('a cell that takes too long is stopped, and what it printed is kept', async () => {
    const { result, notebook } = await run('takes-too-long', { cellTimeout: 700 })
    expect(result).toMatchObject({ status: 'timeout', cells: [{ status: 'ok' }, { status: 'timeout' }] })
    expect(cell(notebook, 'slow').outputs[0]).toMatchObject({ text: 'slow\n' })
  })

  test('a whole run that takes too long is stopped', async () => {
    expect((await run('takes-too-long', { timeout: 1500 })).result.status).toBe('timeout')
  })

  test('a kernel that dies is told', async () => {
    const { result, notebook } = await run('kernel-dies')
    expect(result).toMatchObject({ status: 'dead', reason: expect.stringContaining('the kernel died in cell 2') })
    expect(cell(notebook, 'first').outputs).toHaveLength(1)
  })

  test('a kernel that does not start is told with what it said', async () => {
    const { result } = await run('two-cells', { command: [process.execPath, '-e', 'console.error("no luck"); process.exit(1)'] })
    expect(result).toMatchObject({ status: 'dead', reason: expect.stringContaining('no luck') })
  })

  test('50 MB of text are stored in less than 1 MB, with a notice', async () => {
    const { text } = await run('prints-too-much')
    expect(text.length).toBeLessThan(1_000_000)
    expect(text).toContain('is not stored')
  })

  test('an interrupted run keeps what it has', async () => {
    const stop = new AbortController()
    const running = run('takes-too-long', {
      signal: stop.signal,
      onProgress: ({ id, state }) => {
        if (id === 'slow' && state === 'start') setTimeout(() => stop.abort(), 100)
      },
    })
    const { result, notebook } = await running
    expect(result.status).toBe('interrupted')
    expect(cell(notebook, 'quick').outputs).toHaveLength(1)
  })

  test('a file that is not there is told', async () => {
    await expect(run('nowhere')).rejects.toThrow(/cannot be read[\s\S]*nowhere\.ipynb/)
  })
})
