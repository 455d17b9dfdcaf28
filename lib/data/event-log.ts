import { DISPLAY, Table, type Capability, type Displayable, type MimeBundle } from '../schema/index.ts'
import type { Database } from './database.ts'
import { logBundle } from './log-bundle.ts'
import { firstRejected, type RejectedRow, type Rejection } from './rejections.ts'

/** Rows in = rows out + rows rejected. */
export interface RowCounts {
  readonly rowsIn: number
  readonly rowsOut: number
  readonly rejected: readonly Rejection[]
}

export interface LogFacts {
  readonly name: string
  readonly title: string
  readonly source: string
  /** SHA-256 of the unpacked content. */
  readonly checksum: string
  /** ISO 4217, or empty where it is not known. */
  readonly currency: string
  readonly capabilities: ReadonlySet<Capability>
  readonly counts: RowCounts
  /** Days of the first and last event, `YYYY-MM-DD`. */
  readonly firstDay: string
  readonly lastDay: string
  readonly customers: number
}

/** For `observe` and `outcome` alone: nothing outside this room reaches what lies after a cutoff. */
export let databaseOf: (log: EventLog) => Database

/**
 * An event log that has been read and checked: all of it, before and after any cutoff. It cannot be queried; take
 * `observe(log, …)` for what was known before a cutoff and `outcome(log, …)` for what happened after it.
 */
export class EventLog<C extends Capability = never> implements Displayable {
  readonly facts: LogFacts
  /** Everything, its events in the order of ts, customer_id, record. */
  readonly #database: Database
  declare readonly known?: (capability: C) => void
  /** For copies: the line on which a record of the file begins, NaN where there are no lines. */
  readonly lineOf: (record: number) => number

  constructor(facts: LogFacts, database: Database, lineOf: (record: number) => number = () => NaN) {
    this.facts = facts
    this.#database = database
    this.lineOf = lineOf
  }

  static {
    databaseOf = log => log.#database
  }

  /** The same log, known to be quiet from its last event up to `day`, which is then its last day where it lies later. */
  quietUntil(day: string): EventLog<C> {
    return this.facts.lastDay >= day ? this : new EventLog<C>({ ...this.facts, lastDay: day }, this.#database, this.lineOf)
  }

  has<K extends Capability>(capability: K): this is EventLog<C | K> {
    return this.facts.capabilities.has(capability)
  }

  /** The rejected rows, in file order, at most `limit` of them, those after a record. */
  async rejectedRows(limit = 1000, after = 0): Promise<Table<RejectedRow>> {
    const sql = `select record, cast('nan' as double) as line, reason, raw from rejected where record > ${Math.floor(after)} order by record limit ${Math.max(0, Math.floor(limit))}`
    const table = await this.#database.table<RejectedRow>(sql, 'observed')
    const rows = [...table.rows()].map(row => ({ ...row, line: this.lineOf(row.record) }))
    return Table.fromRows<RejectedRow>(rows, ['record', 'line', 'reason', 'raw'])
  }

  /** The first rejected row of each reason, the most frequent reason first. */
  async firstRejected(): Promise<readonly RejectedRow[]> {
    return await firstRejected(this.#database, this.lineOf)
  }

  close(): void {
    this.#database.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close()
  }

  [DISPLAY](): MimeBundle {
    return logBundle(this.facts)
  }
}
