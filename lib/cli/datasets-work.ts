import path from 'node:path'
import { datasetState, getDataset, KNOWN_DATASETS, type DatasetState } from '../data/index.ts'
import { EMBEDDED, simulateToParquet, type SimulatorOptions } from '../data/simulator/index.ts'
import { UsageError } from '../errors/index.ts'
import type { Io } from './io.ts'
import { count } from './open-events.ts'
import { parseWhole, requireDay } from './values.ts'

const FOLDER = path.join('.cache', 'datasets')

interface Common {
  readonly folder: string | undefined
  readonly json: boolean
}

interface Listed {
  readonly name: string
  readonly title: string
  readonly licence: string
  readonly page: string
  /** Unpacked; null where it is made to measure. */
  readonly bytes: number | null
  readonly state: DatasetState
  readonly folder: string | null
}

export async function listSets({ folder = FOLDER, json }: Common, io: Io): Promise<number> {
  const listed: Listed[] = []
  for (const dataset of KNOWN_DATASETS) {
    const { state, folder: place } = await datasetState(dataset, folder)
    const bytes = dataset.files.reduce((sum, file) => sum + file.bytes, 0)
    listed.push({
      name: dataset.name,
      title: dataset.title,
      licence: dataset.licence,
      page: dataset.page,
      bytes: bytes === 0 ? null : bytes,
      state,
      folder: place ?? null,
    })
  }
  if (json) io.stdout(`${JSON.stringify({ folder, datasets: listed })}\n`)
  else
    io.stdout(
      `${table(listed)}\n\nlooked for in ${folder}; \`clvlab datasets get NAME\` and \`clvlab datasets simulate\` bring them there\n`,
    )
  return 0
}

export async function getSets(
  name: string,
  { folder = FOLDER, json, url }: Common & { readonly url: string | undefined },
  io: Io,
): Promise<number> {
  if (url !== undefined && !/^https?:\/\//.test(url)) {
    throw new UsageError({
      code: 'bad-address',
      what: `"${url}" is no address`,
      where: '--url',
      remedy: 'write one that begins with https:// or http://',
    })
  }
  const tell = progress(io, json)
  const files = await getDataset(name, {
    folder,
    ...(url === undefined ? {} : { url }),
    onProgress: (file, done, of) => tell(file, done, of),
  })
  if (json) io.stdout(`${JSON.stringify({ name, files })}\n`)
  else io.stdout(files.map(({ file, kept }) => `${file}: ${kept ? 'was there already' : 'got'}, checksum right\n`).join(''))
  return 0
}

type SimulateValues = Common & Readonly<Record<'customers' | 'seed' | 'process' | 'from' | 'to' | 'cutoff', string | undefined>>

export async function simulateSet({ folder = FOLDER, json, ...given }: SimulateValues, io: Io): Promise<number> {
  const target = path.join(folder, 'simulated')
  const tell = progress(io, json)
  const manifest = await simulateToParquet({
    folder: target,
    ...optionsOf(given),
    onProgress: (done, of) => tell('customers', done, of),
  })
  const { customers, events, firstDay, lastDay, checksum } = manifest
  if (json) io.stdout(`${JSON.stringify({ folder: target, customers, events, firstDay, lastDay, checksum })}\n`)
  else
    io.stdout(
      `${target}: ${count(customers)} customers, ${count(events)} events, ${firstDay} to ${lastDay}, SHA-256 ${checksum}\n`,
    )
  return 0
}

function optionsOf({
  customers,
  seed,
  process,
  from,
  to,
  cutoff,
}: Omit<SimulateValues, 'folder' | 'json'>): Partial<SimulatorOptions> {
  if (process !== undefined && process !== 'pareto-nbd' && process !== 'bg-nbd') {
    throw new UsageError({
      code: 'bad-process',
      what: `"${process}" is no process`,
      where: '--process',
      remedy: 'pareto-nbd or bg-nbd',
    })
  }
  const [first, end] = [from ?? EMBEDDED.from, to ?? EMBEDDED.to]
  if (cutoff !== undefined && (requireDay(cutoff, '--cutoff') < first || cutoff > end)) {
    throw new UsageError({
      code: 'bad-cutoff',
      what: `the cutoff ${cutoff} does not lie within the log, ${first} to ${end}`,
      where: '--cutoff',
      remedy: 'choose a day between --from and --to, or leave it out',
    })
  }
  return {
    campaigns: { ...EMBEDDED.campaigns, days: EMBEDDED.campaigns.days.filter(day => day >= first && day < end) },
    ...(customers === undefined ? {} : { customers: parseWhole(customers, '--customers', 1, 9_999_999) }),
    ...(seed === undefined ? {} : { seed: parseWhole(seed, '--seed', 0, Number.MAX_SAFE_INTEGER) }),
    ...(process === undefined ? {} : { process }),
    ...(from === undefined ? {} : { from: requireDay(from, '--from') }),
    ...(to === undefined ? {} : { to: requireDay(to, '--to') }),
    ...(cutoff === undefined ? {} : { cutoff: requireDay(cutoff, '--cutoff') }),
  }
}

/** A line on stderr for each tenth. */
function progress(io: Io, quiet: boolean): (what: string, done: number, of: number | undefined) => void {
  const told = new Map<string, number>()
  return (what, done, of) => {
    const tenth = of === undefined ? Math.floor(done / 10_000_000) : Math.floor((done / of) * 10)
    if (quiet || tenth <= (told.get(what) ?? 0)) return
    told.set(what, tenth)
    io.stderr(`  ${what}: ${count(done)}${of === undefined ? '' : ` of ${count(of)}`}\n`)
  }
}

function table(listed: readonly Listed[]): string {
  const rows = listed.map(({ name, state, bytes, licence, title }) => [
    name,
    state,
    bytes === null ? 'made' : `${(bytes / 1e6).toFixed(1)} MB`,
    title,
    licence,
  ])
  const all = [['name', 'state', 'size', 'title', 'licence'], ...rows]
  const widths = all[0]?.map((_, i) => Math.max(...all.map(row => row[i]?.length ?? 0))) ?? []
  return all
    .map(row =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
