import type { Row, Table } from './table.ts'

/**
 * Groups of columns that a data set may have beyond the core (customer, time, amount). Code that needs one narrows
 * with `events.has('products')`; a data set that lacks it skips what needs it, and nothing is faked with zeros.
 */
export type Capability =
  | 'products'
  | 'quantities'
  | 'returns'
  | 'browsing'
  | 'reviews'
  | 'channel'
  | 'cost'
  | 'demographics'
  | 'country'
  | 'campaigns'

/** What an event is. Amounts: a purchase's is positive, a return's negative, all others' zero. */
export type EventKind = 'purchase' | 'return' | 'browse' | 'review' | 'contact'

/**
 * The columns of the SQL table `events`, one row per event (an order line is an event). A column of a capability that
 * the set lacks is there and NULL throughout.
 *
 * | column | SQL type | capability |
 * | --- | --- | --- |
 * | customer_id | varchar, not null | core |
 * | ts | timestamp (UTC), not null | core |
 * | kind | varchar, an EventKind, not null | core |
 * | amount | decimal(18,4), not null | core |
 * | order_id | varchar | core, may be null |
 * | product, category | varchar | products |
 * | quantity | double | quantities |
 * | channel | varchar | channel |
 * | rating, text | double, varchar | reviews |
 * | pages, seconds | double | browsing |
 *
 * The SQL table `customers`, one row per customer: customer_id, country (country), channel (channel),
 * acquisition_cost double (cost), age double, income double (demographics).
 */
export const EVENT_COLUMNS = [
  'customer_id',
  'ts',
  'kind',
  'amount',
  'order_id',
  'product',
  'category',
  'quantity',
  'channel',
  'rating',
  'text',
  'pages',
  'seconds',
] as const

/** An instant or a span of a log's time, all UTC. */
export interface ObservationWindow {
  /** First day that counts, `YYYY-MM-DD`. */
  readonly observeFrom: string
  /** First day not seen, `YYYY-MM-DD`. */
  readonly cutoff: string
}

export interface OutcomeWindow {
  /** First day of the outcome, `YYYY-MM-DD`: the cutoff. */
  readonly cutoff: string
  /** Days; the outcome is [cutoff, cutoff + horizon). */
  readonly horizon: number
}

/**
 * Events known before a cutoff. SQL given to `query` sees tables `events` and `customers` that hold nothing later.
 * The compiler keeps this type and `OutcomeEvents` apart; `when` does so at run time.
 */
export interface ObservedEvents<C extends Capability = never> {
  readonly when: 'observed'
  readonly window: ObservationWindow
  readonly capabilities: ReadonlySet<Capability>
  has<K extends Capability>(capability: K): this is ObservedEvents<C | K>
  /** Runs SQL over `events` and `customers`; numeric results (decimals too) arrive as numbers, dates as Date. */
  query<R extends Row>(sql: string): Promise<Table<R, 'observed'>>
  /** Phantom: which capabilities the compiler knows of. */
  readonly known?: (capability: C) => void
}

/** Events of the horizon after a cutoff: for outcomes only. */
export interface OutcomeEvents {
  readonly when: 'outcome'
  readonly window: OutcomeWindow
  query<R extends Row>(sql: string): Promise<Table<R, 'outcome'>>
}
