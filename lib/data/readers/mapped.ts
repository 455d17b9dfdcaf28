import fs from 'node:fs'
import { createHash } from 'node:crypto'
import { UsageError } from '../../errors/index.ts'
import type { Capability } from '../../schema/index.ts'
import type { Database } from '../database.ts'
import type { EventLog } from '../event-log.ts'
import { requireColumns } from './header.ts'
import { inspect } from './inspect.ts'
import { RAW_COLUMNS, sift } from './sift.ts'
import { identifier, literal } from './sql.ts'

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

const GRANTS: readonly (readonly [keyof ColumnMap, Capability])[] = [
  ['product', 'products'], ['quantity', 'quantities'], ['kind', 'returns'], ['channel', 'channel'], ['country', 'country'], ['rating', 'reviews'],
]

/** Any CSV (also gzipped; comma, semicolon or tab) or Parquet event log, by a declared mapping of its columns. */
export async function readMapped(file: string, map: ColumnMap, database: Database): Promise<EventLog> {
  if (map.amount === undefined && (map.price === undefined || map.quantity === undefined)) {
    throw new UsageError({ code: 'no-amount', what: 'the mapping names no amount', remedy: 'map amount, or price and quantity' })
  }
  const parquet = file.endsWith('.parquet')
  const { relation, names, checksum } = parquet ? await parquetSource(file, database) : await csvSource(file)
  const wanted = Object.values(map).filter((name): name is string => name !== undefined)
  requireColumns(file, names, wanted)
  const column = (raw: (typeof RAW_COLUMNS)[number]): string => {
    const name = raw === 'order_id' ? map.order : (map as unknown as Record<string, string | undefined>)[raw]
    return `${name === undefined ? 'cast(null as varchar)' : `cast(${identifier(name)} as varchar)`} as ${raw}`
  }
  return await sift(database, {
    name: 'event-log', title: 'Event log', file, checksum, currency: '',
    capabilities: GRANTS.filter(([key]) => map[key] !== undefined).map(([, capability]) => capability),
    sql: `select row_number() over () as record, concat_ws(',', ${names.map(name => `coalesce(cast(${identifier(name)} as varchar), '')`).join(', ')}) as raw, ${RAW_COLUMNS.map(column).join(', ')} from ${relation}`,
  })
}

async function csvSource(file: string): Promise<{ relation: string; names: string[]; checksum: string }> {
  const { header, checksum } = await inspect(file)
  const delimiter = [',', ';', '\t'].reduce((best, each) => (header.split(each).length > header.split(best).length ? each : best))
  const names = header.split(delimiter).map(name => name.trim().replace(/^"(.*)"$/, '$1'))
  return { relation: `read_csv(${literal(file)}, header = true, all_varchar = true, delim = ${literal(delimiter)}, quote = '"', escape = '"')`, names, checksum }
}

async function parquetSource(file: string, database: Database): Promise<{ relation: string; names: string[]; checksum: string }> {
  const relation = `read_parquet(${literal(file)})`
  const described = await database.table<{ column_name: string }>(`select column_name from (describe select * from ${relation})`, 'observed')
  const hash = createHash('sha256')
  for await (const chunk of fs.createReadStream(file)) hash.update(chunk as Buffer)
  return { relation, names: [...described.column('column_name')], checksum: hash.digest('hex') }
}
