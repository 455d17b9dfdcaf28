import { Database } from '../../lib/data/database.ts'
import type { Capability, EventKind, ObservedEvents, OutcomeEvents, Row, Table } from '../../lib/schema/index.ts'

/** An event written by hand; what is left out is NULL. */
export interface MemoryEvent {
  readonly customer_id: string
  /** `YYYY-MM-DD` or `YYYY-MM-DD hh:mm:ss`, UTC. */
  readonly ts: string
  readonly kind?: EventKind
  readonly amount?: number
  readonly order_id?: string
  readonly product?: string
  readonly category?: string
  readonly quantity?: number
  readonly channel?: string
  readonly rating?: number
  readonly text?: string
  readonly pages?: number
  readonly seconds?: number
}

export interface MemoryCustomer {
  readonly customer_id: string
  readonly country?: string
  readonly channel?: string
  readonly acquisition_cost?: number
  readonly age?: number
  readonly income?: number
}

const EVENTS =
  'customer_id varchar, ts timestamp, kind varchar, amount decimal(18,4), order_id varchar, product varchar, category varchar, ' +
  'quantity double, channel varchar, rating double, text varchar, pages double, seconds double'
const CUSTOMERS = 'customer_id varchar, country varchar, channel varchar, acquisition_cost double, age double, income double'

const literal = (value: string | number | undefined): string =>
  value === undefined ? 'null' : typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`

async function fill(events: readonly MemoryEvent[], customers: readonly MemoryCustomer[], threads = 1): Promise<Database> {
  const database = await Database.open({ threads })
  await database.run(`create table events (${EVENTS})`)
  await database.run(`create table customers (${CUSTOMERS})`)
  const rows = events.map(
    e =>
      `(${[
        e.customer_id,
        e.ts,
        e.kind ?? 'purchase',
        e.amount ?? 0,
        e.order_id,
        e.product,
        e.category,
        e.quantity,
        e.channel,
        e.rating,
        e.text,
        e.pages,
        e.seconds,
      ]
        .map(literal)
        .join(', ')})`,
  )
  if (rows.length > 0) await database.run(`insert into events values ${rows.join(', ')}`)
  const people = customers.map(
    c => `(${[c.customer_id, c.country, c.channel, c.acquisition_cost, c.age, c.income].map(literal).join(', ')})`,
  )
  if (people.length > 0) await database.run(`insert into customers values ${people.join(', ')}`)
  return database
}

/** Observed events from a list: those in [observeFrom, cutoff) only, as `lib/data` would give them. */
export async function memoryEvents<C extends Capability = never>(
  events: readonly MemoryEvent[],
  options: {
    readonly observeFrom: string
    readonly cutoff: string
    readonly capabilities?: readonly C[]
    readonly customers?: readonly MemoryCustomer[]
    readonly threads?: number
  },
): Promise<ObservedEvents<C>> {
  const { observeFrom, cutoff } = options
  const seen = events.filter(({ ts }) => ts.slice(0, 10) >= observeFrom && ts.slice(0, 10) < cutoff)
  const database = await fill(seen, options.customers ?? [], options.threads)
  const capabilities = new Set<Capability>(options.capabilities)
  return {
    when: 'observed',
    window: { observeFrom, cutoff },
    capabilities,
    has<K extends Capability>(this: ObservedEvents<C>, capability: K): this is ObservedEvents<C | K> {
      return capabilities.has(capability)
    },
    query: async <R extends Row>(sql: string): Promise<Table<R>> => await database.table<R>(sql, 'observed'),
  } as ObservedEvents<C>
}

/** What happened in [cutoff, cutoff + horizon) of a list of events. */
export async function memoryOutcome(
  events: readonly MemoryEvent[],
  { cutoff, horizon }: { readonly cutoff: string; readonly horizon: number },
): Promise<OutcomeEvents> {
  const end = new Date(Date.parse(cutoff) + horizon * 86_400_000).toISOString().slice(0, 10)
  const database = await fill(
    events.filter(({ ts }) => ts.slice(0, 10) >= cutoff && ts.slice(0, 10) < end),
    [],
  )
  return {
    when: 'outcome',
    window: { cutoff, horizon },
    query: async <R extends Row>(sql: string): Promise<Table<R, 'outcome'>> => await database.table<R, 'outcome'>(sql, 'outcome'),
  }
}
