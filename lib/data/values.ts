import type { DuckDBValue } from '@duckdb/node-api'
import { SchemaError } from '../errors/index.ts'
import type { Cell } from '../schema/index.ts'
import { duckdb } from './duckdb.ts'

/** A numeric value of DuckDB as a number, NULL as NaN. Errors: `SchemaError` for an integer that a number cannot hold exactly. */
export function numberOf(value: DuckDBValue, column: string): number {
  if (value === null) return NaN
  if (typeof value === 'number') return value
  if (value instanceof duckdb().DuckDBDecimalValue) return Number(value.toString())
  if (typeof value !== 'bigint') return NaN
  if (value <= 9007199254740991n && value >= -9007199254740991n) return Number(value)
  throw new SchemaError({
    code: 'integer-too-large',
    what: `column "${column}" holds ${value}, which a number cannot hold exactly`,
    remedy: 'cast it to varchar in the query',
  })
}

/** Any other value: times and days as Date (UTC), text and booleans as they are, what JavaScript lacks as text. */
export function cellOf(value: DuckDBValue): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (value instanceof duckdb().DuckDBTimestampValue || value instanceof duckdb().DuckDBTimestampTZValue)
    return new Date(Number(value.micros) / 1000)
  if (value instanceof duckdb().DuckDBDateValue) return new Date(value.days * 86_400_000)
  if (value instanceof duckdb().DuckDBTimestampSecondsValue) return new Date(Number(value.seconds) * 1000)
  if (value instanceof duckdb().DuckDBTimestampMillisecondsValue) return new Date(Number(value.millis))
  if (value instanceof duckdb().DuckDBTimestampNanosecondsValue) return new Date(Number(value.nanos / 1_000_000n))
  return String(value)
}
