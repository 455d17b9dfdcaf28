import { native } from './native-timers.ts'
import { currentRun } from './run.ts'
import type { Run } from './run.ts'

interface Connection {
  interrupt(): void
}

/** What DuckDB's package gives, as far as it concerns an interrupt. */
interface DuckDb {
  readonly DuckDBConnection?: { readonly prototype: object }
}

const WORKS = /^(?:run|stream|start|extract|prepare)/
/** A query may take a moment to begin, and DuckDB forgets an interrupt that comes before: it is told again after so many milliseconds. */
const AGAIN = 20

const running = new Set<{ readonly connection: Connection; readonly run: Run }>()
const known = new WeakSet<object>()

/** From now on an interrupt of a cell also ends the queries that it waits for, on every connection of this package. */
export function watchQueries({ DuckDBConnection }: DuckDb): void {
  const prototype = DuckDBConnection?.prototype as Record<string, unknown> | undefined
  if (prototype === undefined || known.has(prototype)) return
  known.add(prototype)
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const method: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value
    if (!WORKS.test(name) || typeof method !== 'function') continue
    prototype[name] = function (this: Connection, ...args: unknown[]): unknown {
      const result: unknown = method.apply(this, args)
      const run = currentRun()
      if (!(result instanceof Promise) || run === undefined) return result
      const query = { connection: this, run }
      running.add(query)
      const done = (): boolean => running.delete(query)
      result.then(done, done)
      return result
    }
  }
}

/** Ends the queries of a run, those that have not quite begun included. */
export function cancelQueries(run: Run): void {
  const left = [...running].filter(query => query.run === run)
  for (const { connection } of left) connection.interrupt()
  if (left.length > 0) native.setTimeout(() => cancelQueries(run), AGAIN).unref()
}
