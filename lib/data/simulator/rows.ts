import type { SimulatedEvent } from './customer-log.ts'
import type { History } from './history.ts'
import type { SimulatorOptions } from './options.ts'

const money = (cents: number): string => (cents / 100).toFixed(2)
const stamp = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')
const line = (cells: readonly (string | number | boolean | null | undefined)[]): string =>
  `${cells.map(cell => cell ?? '').join('|')}\n`

/** Columns of the four files by name and SQL type, in order. */
export const EVENTS = {
  customer_id: 'varchar',
  ts: 'timestamp',
  sequence: 'integer',
  kind: 'varchar',
  amount: 'decimal(18,4)',
  order_id: 'varchar',
  product: 'varchar',
  category: 'varchar',
  quantity: 'double',
  channel: 'varchar',
  rating: 'double',
  text: 'varchar',
  pages: 'double',
  seconds: 'double',
} as const
export const CUSTOMERS = {
  customer_id: 'varchar',
  country: 'varchar',
  channel: 'varchar',
  acquisition_cost: 'double',
  age: 'double',
  income: 'double',
} as const
export const CAMPAIGNS = {
  customer_id: 'varchar',
  day: 'date',
  assigned: 'boolean',
  alive: 'boolean',
  purchases0: 'integer',
  purchases1: 'integer',
  value0: 'double',
  value1: 'double',
} as const

export function truthColumns({ horizons }: SimulatorOptions): Record<string, string> {
  const columns: Record<string, string> = {
    customer_id: 'varchar',
    birth: 'timestamp',
    dropout: 'timestamp',
    lambda: 'double',
    mu: 'double',
    p: 'double',
    spend_mean: 'double',
    uplift: 'double',
  }
  for (const h of horizons)
    for (const name of ['purchases_if_alive', 'purchases', 'value_if_alive', 'value']) columns[`expected_${name}_${h}`] = 'double'
  return columns
}

export function eventRow(event: SimulatedEvent, channel: string): string {
  const { customerId, seconds, sequence, kind, cents, orderId, product, category, quantity, rating, text, pages, duration } =
    event
  return line([
    customerId,
    stamp(seconds),
    sequence,
    kind,
    money(cents),
    orderId,
    product,
    category,
    quantity,
    channel,
    rating,
    text,
    pages,
    duration,
  ])
}

export function customerRow({ id, person }: History): string {
  return line([id, person.country, person.channel, person.acquisitionCost, person.age, person.income])
}

export function campaignRows({ id, campaigns }: History): string {
  return campaigns.map(c => line([id, c.day, c.assigned, c.alive, c.purchases0, c.purchases1, c.value0, c.value1])).join('')
}

export function truthRow({ id, person, birth, dropout, horizons }: History): string {
  const { lambda, mu, p, spendMean, uplift } = person
  const expected = horizons.flatMap(({ ifAlive, expected: each }) => [ifAlive, each, ifAlive * spendMean, each * spendMean])
  const known = expected.map(each => (Number.isNaN(each) ? null : each))
  return line([id, stamp(birth), dropout === null ? null : stamp(dropout), lambda, mu, p, spendMean, uplift, ...known])
}
