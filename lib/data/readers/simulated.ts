import fs from 'node:fs'
import path from 'node:path'
import { DataError } from '../../errors/index.ts'
import type { Capability } from '../../schema/index.ts'
import type { Database } from '../database.ts'
import { EventLog } from '../event-log.ts'
import { literal } from './sql.ts'

interface Manifest {
  readonly format: string
  readonly title: string
  readonly currency: string
  readonly capabilities: readonly Capability[]
  readonly events: number
  readonly customers: number
  readonly firstDay: string
  readonly lastDay: string
  readonly checksum: string
}

/** A folder that the simulator wrote: events and customers as Parquet. Its folder `truth` is never opened here. */
export async function readSimulated(file: string, database: Database): Promise<EventLog> {
  const folder = path.dirname(file)
  const manifest = parse(file)
  for (const table of ['events', 'customers']) {
    const parquet = path.join(folder, `${table}.parquet`)
    if (!fs.existsSync(parquet))
      throw new DataError({
        code: 'incomplete-folder',
        what: `${table}.parquet is missing`,
        where: folder,
        remedy: 'simulate the data set again',
      })
    const order = table === 'events' ? 'record' : 'customer_id'
    try {
      await database.run(`create table ${table} as select * from read_parquet(${literal(parquet)}) order by ${order}`)
    } catch (cause) {
      throw new DataError({
        code: 'damaged-parquet',
        what: 'the Parquet file is damaged or truncated',
        where: parquet,
        remedy: 'simulate the data set again',
        cause,
      })
    }
  }
  await database.run(`
    create macro customers_between(since, until) as table
    select c.* from customers c where exists (select 1 from events e where e.customer_id = c.customer_id and e.ts >= since and e.ts < until)`)
  await database.run('create table rejected (record bigint, reason varchar, raw varchar)')
  return new EventLog(
    {
      name: 'simulated',
      title: manifest.title,
      source: folder,
      checksum: manifest.checksum,
      currency: manifest.currency,
      capabilities: new Set(manifest.capabilities),
      counts: { rowsIn: manifest.events, rowsOut: manifest.events, rejected: [] },
      firstDay: manifest.firstDay,
      lastDay: manifest.lastDay,
      customers: manifest.customers,
    },
    database,
  )
}

function parse(file: string): Manifest {
  try {
    const manifest = JSON.parse(fs.readFileSync(file, 'utf8')) as Manifest
    if (manifest.format === 'clvlab-simulated') return manifest
  } catch (cause) {
    throw new DataError({
      code: 'damaged-manifest',
      what: 'the manifest cannot be read',
      where: file,
      remedy: 'simulate the data set again',
      cause,
    })
  }
  throw new DataError({
    code: 'foreign-manifest',
    what: 'the manifest is of no simulated data set',
    where: file,
    remedy: 'give a folder that the simulator wrote',
  })
}
