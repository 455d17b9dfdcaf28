import { createRequire } from 'node:module'
import type * as DuckDb from '@duckdb/node-api'

let loaded: typeof DuckDb | undefined

/** DuckDB's package, loaded when it is first needed: that takes longer than all of this library's own code. */
export function duckdb(): typeof DuckDb {
  return (loaded ??= load())
}

/** A notebook's kernel is told, so that its interrupt ends queries. */
function load(): typeof DuckDb {
  const found = createRequire(import.meta.url)('@duckdb/node-api') as typeof DuckDb
  const told = (globalThis as { readonly [key: symbol]: unknown })[Symbol.for('clvlab.duckdb')]
  if (typeof told === 'function') (told as (found: typeof DuckDb) => void)(found)
  return found
}
