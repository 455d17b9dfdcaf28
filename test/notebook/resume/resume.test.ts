import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parseNotebook, runNotebook, serialiseNotebook } from '../../../lib/notebook/index.ts'
import type { CodeCell, RunOptions } from '../../../lib/notebook/index.ts'

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-resume-')))
const notebook = path.join(folder, 'notebook.ipynb')
const out = path.join(folder, 'out.ipynb')
afterAll(() => fs.rmSync(folder, { recursive: true }))

const put = (name: string, text: string): void => fs.writeFileSync(path.join(folder, name), text)

/** Each cell notes that it ran, in a file. */
const CELLS = [
  'const factor: number = 2',
  'import fs from "node:fs"',
  'import { rate } from "./rate.ts"\nconst data: number = Number(fs.readFileSync("data.txt", "utf8")) * rate\ndata // A',
  'const aside = data + 1\naside // B',
  'const total = data * factor\ntotal // C',
  'total + 1 // D',
]

function write(cells: readonly string[]): void {
  const code = cells.map((source, i): CodeCell => ({
    cell_type: 'code',
    id: `cell-${i}`,
    metadata: i === 0 ? { tags: ['parameters'] } : {},
    source,
    execution_count: null,
    outputs: [],
  }))
  fs.writeFileSync(notebook, serialiseNotebook({ cells: code, metadata: {}, nbformat: 4, nbformat_minor: 5 }))
}

/** What ran, what was kept, and what the last cell shows. */
async function resume(
  options: Partial<RunOptions> = {},
): Promise<{ ran: string; kept: number; last: unknown; counts: unknown[] }> {
  const result = await runNotebook({ notebook, out, resume: true, ...options })
  expect(result.reason).toBeUndefined()
  const cells = parseNotebook(fs.readFileSync(out, 'utf8'), out).cells.filter(cell => cell.cell_type === 'code')
  const names = cells.map(({ source }) => / \/\/ ([A-D])$/.exec(source)?.[1] ?? '')
  const [shown] = cells.at(-1)?.outputs ?? []
  return {
    ran: result.cells.map(({ status }, i) => (status === 'ok' ? names[i] : '')).join(''),
    kept: result.cells.filter(({ status }) => status === 'kept').length,
    last: shown?.output_type === 'execute_result' ? shown.data['text/plain'] : shown,
    counts: cells.map(cell => cell.execution_count),
  }
}

test('a run is taken up at the first cell that something has changed for', async () => {
  put('rate.ts', 'export const rate: number = 10\n')
  put('data.txt', '3')
  write(CELLS)
  const counts = [1, 2, 3, 4, 5, 6]
  expect(await resume(), 'there is nothing to take up').toEqual({ ran: 'ABCD', kept: 0, last: '61', counts })
  const first = fs.readFileSync(out, 'utf8')

  expect(await resume(), 'nothing has changed').toEqual({ ran: '', kept: 6, last: '61', counts })
  expect(fs.readFileSync(out, 'utf8')).toBe(first)

  write(CELLS.with(5, 'total + 2 // D'))
  expect(await resume(), 'B is not needed, A and C make what D adds to').toEqual({ ran: 'ACD', kept: 1, last: '62', counts })

  put('data.txt', '4')
  expect(await resume(), 'other data').toEqual({ ran: 'ABCD', kept: 0, last: '82', counts })

  put('rate.ts', 'export const rate: number = 100\n')
  expect(await resume(), 'other code behind an import').toMatchObject({ ran: 'ABCD', last: '802' })

  const more = [...counts, 7]
  expect(await resume({ parameters: { factor: 3 } }), 'another parameter').toEqual({
    ran: 'ABCD',
    kept: 0,
    last: '1202',
    counts: more,
  })
  expect(await resume({ parameters: { factor: 3 } })).toMatchObject({ ran: '', kept: 7, last: '1202' })

  fs.writeFileSync(out, fs.readFileSync(out, 'utf8').replace('1202', '1203'))
  expect(await resume({ parameters: { factor: 3 } }), 'somebody has edited an output').toMatchObject({ ran: 'ACD', last: '1202' })
}, 60_000)

test('a run that failed goes on at the cell that failed', async () => {
  write(CELLS.with(4, 'throw new Error("no")'))
  const failed = await runNotebook({ notebook, out, resume: true })
  expect(failed.cells.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'ok', 'error', 'skipped'])
  write(CELLS.with(4, 'const total = 5\ntotal').with(5, 'total'))
  expect(await resume()).toEqual({ ran: '', kept: 4, last: '5', counts: [1, 2, 3, 4, 5, 6] })
})

test('a run without it leaves no marks', async () => {
  write(['1'])
  await runNotebook({ notebook, out })
  expect(fs.readFileSync(out, 'utf8')).not.toContain('"key"')
})
