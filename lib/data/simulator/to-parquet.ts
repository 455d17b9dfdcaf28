import fs from 'node:fs'
import path from 'node:path'
import { DataError } from '../../errors/index.ts'
import { Database } from '../database.ts'
import { literal } from '../readers/sql.ts'
import type { RawTable } from './generate.ts'
import type { SimulatorOptions } from './options.ts'
import { CAMPAIGNS, CUSTOMERS, EVENTS, truthColumns } from './rows.ts'

/** The files of a simulated data set, beside its manifest. */
export const FILES = ['events.parquet', 'customers.parquet', 'truth/customers.parquet', 'truth/campaigns.parquet'] as const

export interface Facts {
  readonly events: number
  readonly firstDay: string
  readonly lastDay: string
}

/** Sorts the raw tables into Parquet and removes them. On one thread, so that the files' bytes are fixed. Errors: `DataError`. */
export async function toParquet(folder: string, options: SimulatorOptions, memoryLimit: string): Promise<Facts> {
  const spill = path.join(folder, 'spill')
  const database = await Database.open({ threads: 1, memoryLimit, temporaryFolder: spill })
  try {
    const copy = async (raw: RawTable, columns: Columns, query: (table: string) => string, file: string): Promise<void> => {
      const format = 'format parquet, compression zstd, row_group_size 122880'
      await database.run(`copy (${query(csv(folder, raw, columns))}) to ${literal(path.join(folder, file))} (${format})`)
      for (const name of fs.readdirSync(folder)) if (name.startsWith(`${raw}-`)) fs.rmSync(path.join(folder, name))
    }
    await database.run('create sequence record')
    await copy(
      'events',
      EVENTS,
      table => `
      select nextval('record') as record, * exclude (sequence) from (select * from ${table} order by ts, customer_id, sequence)`,
      FILES[0],
    )
    await copy('customers', CUSTOMERS, table => `select * from ${table} order by customer_id`, FILES[1])
    await copy('truth', truthColumns(options), table => `select * from ${table} order by customer_id`, FILES[2])
    await copy('campaigns', CAMPAIGNS, table => `select * from ${table} order by customer_id, day`, FILES[3])
    const result = await database.table<{ events: number; first: string; last: string }>(
      `
      select count(*)::double as events, min(ts)::date::varchar as first, max(ts)::date::varchar as last
      from read_parquet(${literal(path.join(folder, FILES[0]))})`,
      'observed',
    )
    const [row] = [...result.rows()]
    return { events: row?.events ?? 0, firstDay: row?.first ?? '', lastDay: row?.last ?? '' }
  } catch (cause) {
    const what = 'the simulated events cannot be written as Parquet'
    throw new DataError({ code: 'cannot-convert', what, where: folder, remedy: 'free disk space, or raise memoryLimit', cause })
  } finally {
    database.close()
    fs.rmSync(spill, { recursive: true, force: true })
  }
}

type Columns = Readonly<Record<string, string>>

function csv(folder: string, raw: string, columns: Columns): string {
  const files = literal(path.join(folder, `${raw}-*.csv`))
  const types = Object.entries(columns)
    .map(([column, type]) => `'${column}': '${type}'`)
    .join(', ')
  return `read_csv(${files}, header=false, delim='|', quote='', escape='', auto_detect=false, nullstr='', columns={${types}})`
}
