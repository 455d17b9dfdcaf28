import { createRequire } from 'node:module'
import type * as DuckDb from '@duckdb/node-api'

let loaded: typeof DuckDb | undefined

/** DuckDB's package, loaded when it is first needed: that takes longer than all of this library's own code. */
export function duckdb(): typeof DuckDb {
  return (loaded ??= createRequire(import.meta.url)('@duckdb/node-api') as typeof DuckDb)
}
