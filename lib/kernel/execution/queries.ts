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
const running = new Map<Connection, Run>()
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
      running.set(this, run)
      const done = (): boolean => running.delete(this)
      result.then(done, done)
      return result
    }
  }
}

export function cancelQueries(run: Run): void {
  for (const [connection, owner] of running) if (owner === run) connection.interrupt()
}
