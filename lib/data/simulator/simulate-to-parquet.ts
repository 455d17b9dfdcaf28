import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { UsageError } from '../../errors/index.ts'
import { Database } from '../database.ts'
import { literal } from '../readers/sql.ts'
import { HistoryMaker } from './history.ts'
import { checkOptions, type SimulatorOptions } from './options.ts'
import { CAMPAIGNS, campaignRows, customerRow, CUSTOMERS, eventRow, EVENTS, truthColumns, truthRow } from './rows.ts'

const GENERATOR = 1
const CHUNK = 2000
const FILES = ['events.parquet', 'customers.parquet', 'truth/customers.parquet', 'truth/campaigns.parquet'] as const

export interface Manifest {
  readonly format: 'clvlab-simulated'
  readonly generator: number
  readonly title: string
  readonly currency: string
  readonly options: SimulatorOptions
  readonly capabilities: readonly string[]
  readonly events: number
  readonly customers: number
  readonly firstDay: string
  readonly lastDay: string
  /** SHA-256 by file, and of events and customers together. */
  readonly files: Readonly<Record<string, string>>
  readonly checksum: string
}

export interface ToParquet extends Partial<SimulatorOptions> {
  /** Written whole or not at all; an earlier simulated data set there is replaced, anything else is refused. */
  readonly folder: string
  readonly memoryLimit?: string
  readonly onProgress?: (done: number, of: number) => void
}

/** Simulates straight to Parquet, in bounded memory. The same options give the same bytes. Errors: `UsageError`. */
export async function simulateToParquet({ folder, memoryLimit = '1GB', onProgress, ...given }: ToParquet): Promise<Manifest> {
  const options = checkOptions(given)
  if (fs.existsSync(folder) && fs.readdirSync(folder).length > 0 && !isSimulated(folder)) {
    throw new UsageError({ code: 'folder-in-use', what: 'the folder holds something else', where: folder, remedy: 'give a new folder' })
  }
  const target = path.resolve(folder)
  fs.mkdirSync(path.dirname(target), { recursive: true })
  const work = fs.mkdtempSync(`${target}.part-`)
  try {
    fs.mkdirSync(path.join(work, 'truth'))
    await generate(work, options, onProgress)
    const facts = await convert(work, options, memoryLimit)
    const files: Record<string, string> = {}
    for (const name of FILES) files[name] = await sha256(path.join(work, name))
    const manifest: Manifest = {
      format: 'clvlab-simulated', generator: GENERATOR, title: 'Simulated shop', currency: '£', options,
      capabilities: ['products', 'quantities', 'returns', 'browsing', 'reviews', 'channel', 'cost', 'demographics', 'country', 'campaigns'],
      ...facts, customers: options.customers, files,
      checksum: createHash('sha256').update(`${files['events.parquet']}${files['customers.parquet']}`).digest('hex'),
    }
    fs.writeFileSync(path.join(work, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    for (const name of [...FILES, 'manifest.json']) synchronise(path.join(work, name))
    replace(work, target)
    return manifest
  } finally {
    fs.rmSync(work, { recursive: true, force: true })
  }
}

async function generate(work: string, options: SimulatorOptions, onProgress: ToParquet['onProgress']): Promise<void> {
  const maker = new HistoryMaker(options)
  const names = ['events', 'customers', 'truth', 'campaigns'].map(name => path.join(work, `${name}.csv`))
  for (let from = 0; from < options.customers; from += CHUNK) {
    const to = Math.min(options.customers, from + CHUNK)
    const parts: [string[], string[], string[], string[]] = [[], [], [], []]
    for (let i = from; i < to; i++) {
      const history = maker.customer(i)
      for (const event of history.events) parts[0].push(eventRow(event, history.person.channel))
      parts[1].push(customerRow(history))
      parts[2].push(truthRow(history))
      parts[3].push(campaignRows(history))
    }
    parts.forEach((rows, k) => { fs.appendFileSync(names[k] as string, rows.join('')) })
    onProgress?.(to, options.customers)
    await new Promise(resolve => { setImmediate(resolve) })
  }
}

interface Facts { readonly events: number; readonly firstDay: string; readonly lastDay: string }

/** Sorts into Parquet on one thread, so that the rows' places and the files' bytes are fixed. */
async function convert(work: string, options: SimulatorOptions, memoryLimit: string): Promise<Facts> {
  const database = await Database.open({ threads: 1, memoryLimit, temporaryFolder: path.join(work, 'spill') })
  try {
    const csv = (name: string, columns: Readonly<Record<string, string>>): string =>
      `read_csv(${literal(path.join(work, `${name}.csv`))}, header=false, delim='|', quote='', escape='', auto_detect=false, nullstr='', columns={${Object.entries(columns).map(([column, type]) => `'${column}': '${type}'`).join(', ')}})`
    const copy = async (sql: string, name: string): Promise<void> => {
      await database.run(`copy (${sql}) to ${literal(path.join(work, name))} (format parquet, compression zstd, row_group_size 122880)`)
    }
    await database.run('create sequence record')
    await copy(`select nextval('record') as record, * exclude (sequence) from (select * from ${csv('events', EVENTS)} order by ts, customer_id, sequence)`, FILES[0])
    await copy(`select * from ${csv('customers', CUSTOMERS)}`, FILES[1])
    await copy(`select * from ${csv('truth', truthColumns(options))}`, FILES[2])
    await copy(`select * from ${csv('campaigns', CAMPAIGNS)}`, FILES[3])
    const result = await database.table<{ events: number; first: string; last: string }>(
      `select count(*)::double as events, min(ts)::date::varchar as first, max(ts)::date::varchar as last from read_parquet(${literal(path.join(work, FILES[0]))})`, 'observed')
    const [row] = [...result.rows()]
    for (const name of ['events', 'customers', 'truth', 'campaigns']) fs.rmSync(path.join(work, `${name}.csv`))
    fs.rmSync(path.join(work, 'spill'), { recursive: true, force: true })
    return { events: row?.events ?? 0, firstDay: row?.first ?? '', lastDay: row?.last ?? '' }
  } finally {
    database.close()
  }
}

/** Whether the folder holds a simulated data set and nothing besides, so that replacing it loses nothing else. */
function isSimulated(folder: string): boolean {
  const own = new Set<string>(['events.parquet', 'customers.parquet', 'truth', 'manifest.json'])
  if (fs.readdirSync(folder).some(name => !own.has(name))) return false
  try {
    return (JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as { format?: unknown }).format === 'clvlab-simulated'
  } catch {
    return false
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(fs.createReadStream(file), hash)
  return hash.digest('hex')
}

function synchronise(file: string): void {
  const handle = fs.openSync(file, 'r+')
  fs.fsyncSync(handle)
  fs.closeSync(handle)
}

function replace(work: string, target: string): void {
  const old = `${work}-old`
  const had = fs.existsSync(target)
  if (had) fs.renameSync(target, old)
  fs.renameSync(work, target)
  if (had) fs.rmSync(old, { recursive: true, force: true })
}
