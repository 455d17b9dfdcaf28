import { UsageError } from '../../errors/index.ts'
import type { Capability } from '../../schema/index.ts'
import type { Database } from '../database.ts'
import type { EventLog } from '../event-log.ts'
import { openCsv, rawSql } from './csv.ts'
import { openParquet } from './parquet.ts'
import { sift, type RawColumn, type Rows } from './sift.ts'
import { firstBytes } from './unreadable.ts'

/** Which column of the file holds what. Customer, time and amount (or price and quantity) are needed. */
export interface ColumnMap {
  readonly customer: string
  readonly time: string
  readonly amount?: string
  readonly price?: string
  readonly quantity?: string
  readonly kind?: string
  readonly order?: string
  readonly product?: string
  readonly category?: string
  readonly channel?: string
  readonly country?: string
  readonly rating?: string
  readonly text?: string
}

export interface MappedOptions {
  readonly map: ColumnMap
  /** Formats of times other than ISO 8601 and YYYYMMDD, as of strptime: `['%d/%m/%Y %H:%M']`; the first that fits counts. */
  readonly formats?: readonly string[]
  /** ISO 4217; empty unless given. */
  readonly currency?: string
}

const GRANTS: readonly (readonly [keyof ColumnMap, Capability])[] = [
  ['product', 'products'],
  ['quantity', 'quantities'],
  ['kind', 'returns'],
  ['channel', 'channel'],
  ['country', 'country'],
  ['rating', 'reviews'],
]

/** Any CSV (also gzipped; comma, semicolon or tab) or Parquet event log, by a declared mapping of its columns. */
export async function readMapped(
  file: string,
  { map, formats = [], currency = '' }: MappedOptions,
  database: Database,
): Promise<EventLog> {
  if (map.amount === undefined && (map.price === undefined || map.quantity === undefined)) {
    throw new UsageError({ code: 'no-amount', what: 'the mapping names no amount', remedy: 'map amount, or price and quantity' })
  }
  const wanted = Object.values(map).filter((name): name is string => name !== undefined)
  const parquet = (await firstBytes(file, 4)).toString('latin1') === 'PAR1'
  const rows = parquet ? await openParquet(file, wanted, database) : await csvRows(file, wanted)
  const columns: Partial<Record<RawColumn, string>> = {}
  for (const [key, name] of Object.entries(map) as [keyof ColumnMap, string | undefined][]) {
    if (name !== undefined) columns[key === 'order' ? 'order_id' : key] = rows.column(name)
  }
  return await sift(database, {
    name: 'event-log',
    title: 'Event log',
    file,
    currency,
    formats,
    columns,
    capabilities: GRANTS.filter(([key]) => map[key] !== undefined).map(([, capability]) => capability),
    ...rows.source,
  })
}

async function csvRows(file: string, wanted: readonly string[]): Promise<Rows> {
  const { facts, names, relation, column } = await openCsv(file, wanted)
  const { checksum, records, lines } = facts
  return {
    source: { checksum, relation, raw: rawSql(names.map(column)), rows: records - 1, lineOf: record => lines.lineOf(record + 1) },
    column,
  }
}
