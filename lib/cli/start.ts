import fs from 'node:fs'
import path from 'node:path'
import { openDataset, type LogFacts } from '../data/index.ts'
import { writeIndex } from '../report/index.ts'
import { helpText, parseArguments, requirePositionals, type CommandSpec } from './arguments.ts'
import { endedByInterrupt, INTERRUPTED, woundDown } from './interrupt.ts'
import type { Io } from './io.ts'
import { embedded, notebooksNamed, REPORTS, rerun } from './rerun.ts'

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
  const prepared = await endedByInterrupt(io, async () => await dataIn(data, io))
  const { facts } = prepared
  io.stderr(`data: ${facts.title}, ${facts.customers.toLocaleString('en-US')} customers, ${facts.firstDay} to ${facts.lastDay}\n`)
  const target = data === undefined ? 'embedded' : path.join('local', folderOf(facts))
  let failed = 0
  const stopped = await woundDown(async signal => {
    for (const [i, name] of names.entries()) {
      io.stderr(`notebook ${i + 1} of ${names.length}: ${name}\n`)
      const reports = path.join(REPORTS, target)
      const job = { name, data: prepared, foreign: data !== undefined, runs: path.join('runs', target), reports }
      if (!(await rerun(job, signal, io))) failed++
      if (signal.aborted) return true
    }
    return false
  })
  if (stopped) {
    io.stderr(`${io.isTTY ? '\n' : ''}clvlab: stopped by Ctrl-C; the reports are as they were\n`)
    return INTERRUPTED
  }
  const warn = (text: string): void => io.stderr(`warning: ${text}\n`)
  io.stdout(`${await writeIndex(REPORTS, ['embedded', 'local', ...localFolders()], path.join(REPORTS, 'index.html'), warn)}\n`)
  return failed === 0 ? 0 : 1
}

/** Each set in a folder of its own: CDNOW's two files, and simulated sets, which their checksum tells apart. */
function folderOf({ name, title, checksum }: LogFacts): string {
  if (name === 'simulated') return `simulated-${checksum.slice(0, 8)}`
  return title === 'CDNOW sample' ? 'cdnow-sample' : name
}

async function dataIn(data: string | undefined, io: Io): Promise<{ readonly folder: string; readonly facts: LogFacts }> {
  const folder = data === undefined ? await embedded(io) : path.resolve(data)
  const log = await openDataset(folder)
  log.close()
  return { folder, facts: log.facts }
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
