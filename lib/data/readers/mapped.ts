import { UsageError } from '../../errors/index.ts'
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

/** Any CSV (also gzipped; comma, semicolon or tab) or Parquet event log, by a declared mapping of its columns. */
export async function readMapped(
  file: string,
  { map, formats = [], currency = '' }: MappedOptions,
  database: Database,
): Promise<EventLog> {
  if (map.amount === undefined && (map.price === undefined || map.quantity === undefined)) {
    throw new UsageError({ code: 'no-amount', what: 'the mapping names no amount', remedy: 'map amount, or price and quantity' })
  }
  requireOneRole(map)
  const wanted = Object.values(map).filter((name): name is string => name !== undefined)
  const parquet = (await firstBytes(file, 4)).toString('latin1') === 'PAR1'
  const rows = parquet ? await openParquet(file, wanted, database) : await csvRows(file, wanted)
  const columns: Partial<Record<RawColumn, string>> = {}
  for (const [key, name] of Object.entries(map) as [keyof ColumnMap, string | undefined][]) {
    if (name !== undefined) columns[key === 'order' ? 'order_id' : key] = rows.column(name)
  }
  return await sift(database, { name: 'event-log', title: 'Event log', file, currency, formats, columns, ...rows.source })
}

/** Errors: `UsageError` for a column that is mapped to two things: one of them is a slip. */
function requireOneRole(map: ColumnMap): void {
  const roles = new Map<string, string>()
  for (const [role, name] of Object.entries(map) as [string, string | undefined][]) {
    if (name === undefined) continue
    const other = roles.get(name)
    if (other !== undefined) {
      throw new UsageError({
        code: 'column-twice',
        what: `the column "${name}" is mapped to ${other} and to ${role}`,
        where: '--map (in code `map`)',
        remedy: 'map each column to one thing',
      })
    }
    roles.set(name, role)
  }
}

async function csvRows(file: string, wanted: readonly string[]): Promise<Rows> {
  const { facts, names, relation, column } = await openCsv(file, wanted)
  const { checksum, records, lines } = facts
  return {
    source: { checksum, relation, raw: rawSql(names.map(column)), rows: records - 1, lineOf: record => lines.lineOf(record + 1) },
    column,
  }
}
