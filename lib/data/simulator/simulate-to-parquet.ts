import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { UsageError } from '../../errors/index.ts'
import { checkOptions } from './check-options.ts'
import { generate } from './generate.ts'
import type { SimulatorOptions } from './options.ts'
import { type Facts, FILES, toParquet } from './to-parquet.ts'
import { writeWholeFolder } from './whole-folder.ts'

/** Grows when the same options give other events than before. */
const GENERATOR = 2

export interface Manifest extends Facts {
  readonly format: 'clvlab-simulated'
  readonly generator: number
  readonly title: string
  readonly currency: string
  readonly options: SimulatorOptions
  readonly capabilities: readonly string[]
  readonly customers: number
  /** SHA-256 by file, and of events and customers together. */
  readonly files: Readonly<Record<string, string>>
  readonly checksum: string
}

export interface ToParquet extends Partial<SimulatorOptions> {
  /** Written whole or not at all; an earlier simulated data set there is replaced, anything else is refused. */
  readonly folder: string
  /** Processor cores for large sets; all there are unless given, eight at most. What is written does not depend on it. */
  readonly threads?: number
  /** Of the database that sorts, such as `1GB` (unless given); beyond it, it spills beside the folder. */
  readonly memoryLimit?: string
  /** Customers generated so far, and all. */
  readonly onProgress?: (done: number, of: number) => void
}

/** Simulates straight to Parquet, in bounded memory. The same options give the same bytes. Errors: `UsageError`, `DataError`. */
export async function simulateToParquet(request: ToParquet): Promise<Manifest> {
  const { folder, threads = Math.min(os.availableParallelism(), 8), memoryLimit = '1GB', onProgress, ...given } = request
  const options = checkOptions(given)
  checkSurroundings(folder, threads, memoryLimit)
  return await writeWholeFolder(folder, isSimulated, async work => {
    fs.mkdirSync(path.join(work, 'truth'))
    await generate(options, work, threads, done => {
      onProgress?.(done, options.customers)
    })
    const facts = await toParquet(work, options, memoryLimit)
    const files: Record<string, string> = {}
    for (const name of FILES) files[name] = await sha256(path.join(work, name))
    const manifest: Manifest = {
      format: 'clvlab-simulated',
      generator: GENERATOR,
      title: 'Simulated shop',
      currency: '£',
      options,
      capabilities: [
        'products',
        'quantities',
        'returns',
        'browsing',
        'reviews',
        'channel',
        'cost',
        'demographics',
        'country',
        'campaigns',
      ],
      ...facts,
      customers: options.customers,
      files,
      checksum: createHash('sha256').update(`${files['events.parquet']}${files['customers.parquet']}`).digest('hex'),
    }
    fs.writeFileSync(path.join(work, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    return manifest
  })
}

function checkSurroundings(folder: unknown, threads: unknown, memoryLimit: unknown): void {
  if (typeof folder !== 'string' || folder === '') throw bad('folder', folder, 'the path of a folder')
  if (!Number.isInteger(threads) || Number(threads) < 1 || Number(threads) > 64)
    throw bad('threads', threads, 'a whole number from 1 to 64')
  if (typeof memoryLimit !== 'string' || !/^[1-9]\d* ?[KMGT]i?B$/.test(memoryLimit))
    throw bad('memoryLimit', memoryLimit, 'a size such as 500MB or 2GB')
}

const bad = (name: string, value: unknown, remedy: string): UsageError =>
  new UsageError({ code: 'bad-option', what: `${name} is ${String(value)}`, where: 'the simulator', remedy })

/** Whether the folder holds a simulated data set and nothing besides, so that replacing it loses nothing else. */
function isSimulated(folder: string): boolean {
  const own = new Set<string>(['events.parquet', 'customers.parquet', 'truth', 'manifest.json'])
  if (fs.readdirSync(folder).some(name => !own.has(name))) return false
  try {
    return (
      (JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as { format?: unknown }).format ===
      'clvlab-simulated'
    )
  } catch {
    return false
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(fs.createReadStream(file), hash)
  return hash.digest('hex')
}
