import fs from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { DataError } from '../../errors/index.ts'
import { HistoryMaker } from './history.ts'
import type { SimulatorOptions } from './options.ts'
import { campaignRows, customerRow, eventRow, truthRow } from './rows.ts'

const CHUNK = 2000
/** Below so many customers a thread takes longer to start than it saves. */
const WORTH_THREADS = 20_000

/** The four raw tables, each in files `NAME-PART.csv`; rows are in no order that counts. */
const RAW = ['events', 'customers', 'truth', 'campaigns'] as const
export type RawTable = (typeof RAW)[number]

/** One thread's part of the work: every `of`-th chunk of customers. */
export interface Part {
  readonly options: SimulatorOptions
  readonly folder: string
  readonly part: number
  readonly of: number
}

/** Writes the raw tables, in as many threads as asked for (one, when run from sources that are not compiled). */
export async function generate(
  options: SimulatorOptions,
  folder: string,
  threads: number,
  onProgress: (done: number) => void,
): Promise<void> {
  const of = options.customers < WORTH_THREADS || import.meta.url.endsWith('.ts') ? 1 : threads
  let done = 0
  const advance = (customers: number): void => onProgress((done += customers))
  if (of > 1)
    await inThreads(
      Array.from({ length: of }, (_, part) => ({ options, folder, part, of })),
      advance,
    )
  else
    for (const customers of generatePart({ options, folder, part: 0, of: 1 })) {
      advance(customers)
      await new Promise(resolve => {
        setImmediate(resolve)
      })
    }
}

/** Yields the number of customers of each chunk once it is written. */
export function* generatePart({ options, folder, part, of }: Part): Generator<number> {
  const maker = new HistoryMaker(options)
  const files = RAW.map(name => fs.openSync(path.join(folder, `${name}-${part}.csv`), 'w'))
  try {
    for (let from = part * CHUNK; from < options.customers; from += of * CHUNK) {
      const to = Math.min(options.customers, from + CHUNK)
      const rows: [string[], string[], string[], string[]] = [[], [], [], []]
      for (let i = from; i < to; i++) {
        const history = maker.customer(i)
        for (const event of history.events) rows[0].push(eventRow(event, history.person.channel))
        rows[1].push(customerRow(history))
        rows[2].push(truthRow(history))
        rows[3].push(campaignRows(history))
      }
      rows.forEach((each, k) => {
        fs.writeFileSync(files[k] as number, each.join(''))
      })
      yield to - from
    }
  } finally {
    files.forEach(file => {
      fs.closeSync(file)
    })
  }
}

/** Ends when all threads have; when one fails, the others are stopped first, so that none writes after this has thrown. */
async function inThreads(parts: readonly Part[], advance: (customers: number) => void): Promise<void> {
  const workers = parts.map(
    part => new Worker(new URL('./generate-thread.js', import.meta.url), { workerData: part, execArgv: [] }),
  )
  try {
    await Promise.all(
      workers.map(
        worker =>
          new Promise<void>((resolve, reject) => {
            worker.on('message', advance)
            worker.on('error', reject)
            worker.on('exit', code => {
              if (code === 0) resolve()
              else reject(died(code))
            })
          }),
      ),
    )
  } finally {
    await Promise.all(workers.map(worker => worker.terminate()))
  }
}

const died = (code: number): DataError =>
  new DataError({
    code: 'thread-died',
    what: `a thread of the simulator ended with code ${code}`,
    where: 'the simulator',
    remedy: 'free memory, or simulate with threads: 1',
  })
