import { createHash, type Hash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { buildOutcome, buildTask, compare } from '../../lib/compare/index.ts'
import { Database } from '../../lib/data/database.ts'
import { observe, openDataset, openLog, USUAL_WINDOWS } from '../../lib/data/index.ts'
import { simulateToParquet } from '../../lib/data/simulator/index.ts'
import { allFeatures, coreFeatures, profiles, withWeeks } from '../../lib/features/index.ts'
import { cnn, models, rnn, type Model, type Task } from '../../lib/models/index.ts'
import { encodeModel } from '../../lib/models/save/encode.ts'
import { Seed } from '../../lib/numeric/index.ts'
import { DISPLAY, type Cell, type Row, type Table, type When } from '../../lib/schema/index.ts'

/** SHA-256 of each thing that must be the same bytes everywhere, by its name. */
export type Digests = Readonly<Record<string, string>>

/**
 * The notebook's way on a small simulated shop: simulate, read, make features and profiles, fit every model, compare. DuckDB and the simulator
 * may use so many threads; the digests must not know it.
 */
export async function digests(folder: string, threads: number): Promise<Digests> {
  const place = path.join(folder, `set-${threads}`)
  await simulateToParquet({ folder: place, customers: 600, threads })
  const simulator = createHash('sha256').update(fs.readFileSync(path.join(place, 'manifest.json')))
  await using log = await openDataset(place, { threads })
  const window = USUAL_WINDOWS['simulated']
  if (window === undefined) throw new Error('the simulated set has no usual window')
  const task = await buildTask(log, window)
  const features = await allFeatures(await observe(log, window), window)
  const people = profiles(features.table)
  const fits: Record<string, string> = {}
  const fit = async (model: Model, to: Task): Promise<void> => {
    const fitted = await model.fit(to, { seed: Seed.of(42).child(model.name) })
    fits[`fit of ${model.name}`] = createHash('sha256').update(encodeModel(fitted.save())).digest('hex')
  }
  for (const model of models()) await fit(model, task)
  const weekly = await buildTask(log, { ...window, features: withWeeks(coreFeatures) })
  for (const model of [cnn, rnn]) await fit(model, weekly)
  const comparison = await compare(task, await buildOutcome(log, task), models(), {
    seeds: [42],
    bootstrap: 10,
    folds: 2,
    seed: 42,
  })
  return {
    simulator: simulator.digest('hex'),
    features: tableDigest(features.table),
    segments: tableDigest(people.segments),
    'features of many events': await manyEvents(folder, threads),
    ...fits,
    'figures of the comparison': tableDigest(comparison.rows),
    'table of the report': createHash('sha256').update(String(comparison[DISPLAY]().data['text/plain'])).digest('hex'),
  }
}

/** DuckDB hands its threads 122,880 rows at a time: only of a log with more do several work on one query. */
async function manyEvents(folder: string, threads: number): Promise<string> {
  const file = path.join(folder, `many-${threads}.parquet`)
  const database = await Database.open({ threads: 1 })
  await database.run(`copy (
    select concat('c', i * 7919 % 3001) as customer, timestamp '2020-01-01' + to_seconds(cast(i * 104729 % 62000000 as bigint)) as at, concat('p', i % 97) as product,
      cast(i * 7 % 5 + 1 as varchar) as quantity, cast(cast(i * 611953 % 99991 as decimal(18, 0)) / 100 as decimal(18, 2)) as price from range(250000) rows(i)
  ) to '${file.replaceAll("'", "''")}' (format parquet)`)
  database.close()
  await using log = await openLog(file, {
    map: { customer: 'customer', time: 'at', product: 'product', quantity: 'quantity', price: 'price' },
    threads,
  })
  return tableDigest((await allFeatures(await observe(log, { cutoff: '2021-06-01' }), { horizon: 90 })).table)
}

/** Numbers by their bits, everything else by its JSON. */
function tableDigest<R extends Row, W extends When>(table: Table<R, W>): string {
  const hash = createHash('sha256')
  for (const name of table.names) addColumn(hash.update(`${name}\0`), table.column(name) as ArrayLike<Cell>)
  return hash.digest('hex')
}

function addColumn(hash: Hash, values: ArrayLike<Cell>): void {
  if (values instanceof Float64Array) hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  else hash.update(JSON.stringify(Array.from(values)))
}
