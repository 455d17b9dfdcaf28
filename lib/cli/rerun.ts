import fs from 'node:fs'
import path from 'node:path'
import type { LogFacts } from '../data/index.ts'
import { EMBEDDED, simulateToParquet } from '../data/simulator/index.ts'
import { UsageError } from '../errors/index.ts'
import { readNotebook, runNotebook, type ParameterValues, type RunProgress } from '../notebook/index.ts'
import { dataFacts, recordedIn } from '../report/index.ts'
import { exportReport } from './export-report.ts'
import type { Io } from './io.ts'
import { provenanceOf, ROOT } from './provenance.ts'

const NOTEBOOKS = path.join(ROOT, 'notebooks')
/** Where reports lie: those of the embedded set in a folder of it, those of other data in `local`. */
export const REPORTS = path.join(ROOT, 'reports')

export interface Rerun {
  /** Of the notebook, without its ending. */
  readonly name: string
  /** The folder of the data, and what is known of it. */
  readonly data: { readonly folder: string; readonly facts: LogFacts }
  /** Data that the notebook does not name itself. */
  readonly foreign: boolean
  /** Where the executed notebook goes, below .cache. */
  readonly runs: string
  /** Where the report goes. */
  readonly reports: string
}

/** Runs a notebook of the course and exports its report, of a failed run too; nothing where it was stopped. Whether it ran to its end. */
export async function rerun({ name, data, foreign, runs, reports }: Rerun, signal: AbortSignal, io: Io): Promise<boolean> {
  const executed = path.join(ROOT, '.cache', runs, `${name}.ipynb`)
  fs.mkdirSync(path.dirname(executed), { recursive: true })
  const parameters: ParameterValues = foreign ? { data: path.relative(NOTEBOOKS, data.folder) } : {}
  const result = await runNotebook({
    notebook: path.join(NOTEBOOKS, `${name}.ipynb`),
    out: executed,
    parameters,
    signal,
    onProgress: progress(io),
  })
  if (signal.aborted) return false
  const recorded = recordedIn(await readNotebook(executed))
  const shown = { ...recorded.parameters, ...(foreign ? { data: path.basename(data.folder) } : {}) }
  const provenance = provenanceOf(
    {
      notebook: `notebooks/${name}.ipynb`,
      parameters: shown,
      data: dataFacts(data.facts) ?? data.facts,
      ...(recorded.device === undefined ? {} : { device: recorded.device }),
    },
    result.duration,
  )
  const file = await exportReport(reports, name, executed, provenance, true, io)
  if (result.status !== 'ok') {
    const cell = result.cells.find(({ status }) => status !== 'ok' && status !== 'skipped')
    io.stderr(
      `  failed: ${result.reason ?? result.status}\n${(cell?.error?.traceback ?? []).map(line => `  ${line}\n`).join('')}`,
    )
  }
  io.stderr(`  ${result.status === 'ok' ? 'report' : 'report of the failed run'}: ${file}\n`)
  return result.status === 'ok'
}

/** One line that is rewritten in a terminal; a line a cell elsewhere. Time left is reckoned from the cells done so far. */
function progress(io: Io): (progress: RunProgress) => void {
  const began = performance.now()
  return ({ cell, of, title, state }) => {
    if (state === 'end' && cell < of) return
    const elapsed = (performance.now() - began) / 1000
    const left = cell > 3 && state === 'start' ? `, about ${Math.ceil((elapsed / (cell - 1)) * (of - cell + 1))} s left` : ''
    const line = `  cell ${cell} of ${of}, ${elapsed.toFixed(0)} s${left}  ${title.slice(0, 60)}`
    io.stderr(io.isTTY ? `\r\u001B[K${line}${state === 'end' ? '\n' : ''}` : `${line}\n`)
  }
}

/** Makes the embedded data set, and gives its folder. */
export async function embedded(io: Io): Promise<string> {
  const folder = path.join(ROOT, '.cache', 'data', 'embedded')
  io.stderr('data: simulating the embedded set\n')
  await simulateToParquet({ folder, ...EMBEDDED })
  return folder
}

/** The course's notebooks whose name begins so. Errors: `UsageError` where there is none. */
export function notebooksNamed(prefix: string): readonly string[] {
  const all = fs
    .readdirSync(NOTEBOOKS)
    .filter(name => name.endsWith('.ipynb'))
    .map(name => name.replace(/\.ipynb$/, ''))
    .sort()
  const chosen = all.filter(name => name.startsWith(prefix))
  if (chosen.length > 0) return chosen
  throw new UsageError({
    code: 'no-notebook',
    what: `no notebook's name begins with "${prefix}"`,
    remedy: `there are ${all.join(', ')}`,
  })
}
