import fs from 'node:fs'
import path from 'node:path'
import { openDataset, type LogFacts } from '../data/index.ts'
import { EMBEDDED, simulateToParquet } from '../data/simulator/index.ts'
import { UsageError } from '../errors/index.ts'
import { readNotebook, runNotebook, type ParameterValues, type RunProgress } from '../notebook/index.ts'
import { recordedIn, writeIndex } from '../report/index.ts'
import { helpText, parseArguments, requirePositionals, type CommandSpec } from './arguments.ts'
import { exportReport } from './export-report.ts'
import { endedByInterrupt, INTERRUPTED, woundDown } from './interrupt.ts'
import type { Io } from './io.ts'
import { provenanceOf, ROOT } from './provenance.ts'

const SPEC = {
  name: 'start',
  summary:
    'The main job: makes the data set, runs every notebook on it, exports the reports, and ends with the path of their index.',
  positionals: [],
  options: {
    data: { value: 'DIR', about: 'a folder with Online Retail, CDNOW or a simulated set; the embedded set unless given' },
    notebook: { value: 'NAME', about: 'only the notebooks whose name begins so' },
  },
  examples: ['npm start', 'npm start -- --data ../shared/datasets/online-retail'],
} as const satisfies CommandSpec

const NOTEBOOKS = path.join(ROOT, 'notebooks')
const REPORTS = path.join(ROOT, 'reports')

/** `clvlab start`, that is `npm start`. Reports of the embedded set are committed; those of other data go to reports/local. */
export async function start(argv: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(argv, SPEC)
  if (parsed.help) {
    io.stdout(helpText(SPEC))
    return 0
  }
  requirePositionals(parsed.positionals, SPEC)
  const names = notebooksNamed(parsed.values.notebook ?? '')
  const { data } = parsed.values
  const { folder, facts } = await endedByInterrupt(io, async () => await prepared(data, io))
  io.stderr(`data: ${facts.title}, ${facts.customers.toLocaleString('en-US')} customers, ${facts.firstDay} to ${facts.lastDay}\n`)
  const target = data === undefined ? 'embedded' : path.join('local', facts.name)
  let failed = 0
  const stopped = await woundDown(async signal => {
    for (const [i, name] of names.entries()) {
      io.stderr(`notebook ${i + 1} of ${names.length}: ${name}\n`)
      if (!(await one(name, folder, target, facts, data !== undefined, signal, io))) failed++
      if (signal.aborted) return true
    }
    return false
  })
  if (stopped) {
    io.stderr(`${io.isTTY ? '\n' : ''}clvlab: stopped by Ctrl-C; the reports are as they were\n`)
    return INTERRUPTED
  }
  io.stdout(`${writeIndex(REPORTS, ['embedded', ...localFolders()], path.join(REPORTS, 'index.html'))}\n`)
  return failed === 0 ? 0 : 1
}

async function one(
  name: string,
  folder: string,
  target: string,
  facts: LogFacts,
  foreign: boolean,
  signal: AbortSignal,
  io: Io,
): Promise<boolean> {
  const executed = path.join(ROOT, '.cache', 'runs', target, `${name}.ipynb`)
  fs.mkdirSync(path.dirname(executed), { recursive: true })
  const parameters: ParameterValues = foreign ? { data: path.relative(NOTEBOOKS, folder) } : {}
  const result = await runNotebook({
    notebook: path.join(NOTEBOOKS, `${name}.ipynb`),
    out: executed,
    parameters,
    signal,
    onProgress: progress(io),
  })
  if (signal.aborted) return false
  const shown = { ...recordedIn(await readNotebook(executed)).parameters, ...(foreign ? { data: path.basename(folder) } : {}) }
  const provenance = provenanceOf(
    { notebook: `notebooks/${name}.ipynb`, parameters: shown, data: { title: facts.title, checksum: facts.checksum } },
    result.duration,
  )
  const file = await exportReport(path.join(REPORTS, target), name, executed, provenance, true)
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

async function prepared(data: string | undefined, io: Io): Promise<{ readonly folder: string; readonly facts: LogFacts }> {
  const folder = data === undefined ? await embedded(io) : path.resolve(data)
  const log = await openDataset(folder)
  log.close()
  return { folder, facts: log.facts }
}

async function embedded(io: Io): Promise<string> {
  const folder = path.join(ROOT, '.cache', 'data', 'embedded')
  io.stderr('data: simulating the embedded set\n')
  await simulateToParquet({ folder, ...EMBEDDED })
  return folder
}

function notebooksNamed(prefix: string): readonly string[] {
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

function localFolders(): readonly string[] {
  const local = path.join(REPORTS, 'local')
  if (!fs.existsSync(local)) return []
  return fs
    .readdirSync(local, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => path.join('local', entry.name))
    .sort()
}
