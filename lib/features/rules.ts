import type { Table } from '../schema/index.ts'
import type { CoreRow } from './core-row.ts'

type Column = Exclude<keyof CoreRow, 'customer_id'>
type Customer = (column: Column) => number

interface Rule {
  /** As a sentence about a customer. */
  readonly says: string
  readonly of: readonly Column[]
  readonly holds: (customer: Customer) => boolean
}

/** Sums of money are exact to rounding. */
const CLOSE = 1e-9
const most = (a: number, b: number): boolean => a <= b + CLOSE * (1 + Math.abs(b))
const equal = (a: number, b: number): boolean => (Number.isNaN(a) ? Number.isNaN(b) : most(a, b) && most(b, a))

const SPANS = [7, 30, 60, 90, 180] as const
const PAIRS = SPANS.flatMap(shorter => SPANS.filter(longer => longer > shorter).map(longer => [shorter, longer] as const))

const atMost = (less: Column, more: Column): Rule => ({
  says: `${less} is no more than ${more}`,
  of: [less, more],
  holds: of => most(of(less), of(more)),
})
const is = (column: Column, formula: string, of: readonly Column[], value: (customer: Customer) => number): Rule => ({
  says: `${column} is ${formula}`,
  of: [column, ...of],
  holds: customer => equal(customer(column), value(customer)),
})

/** What is true of every customer's core features, whoever they are: the definitions of `CoreRow` leave nothing else. */
const RULES: readonly Rule[] = [
  atMost('recency', 'T'),
  atMost('frequency', 'recency'),
  atMost('T', 'history'),
  {
    says: 'who never came back has a recency of 0',
    of: ['frequency', 'recency'],
    holds: of => of('frequency') > 0 === of('recency') > 0,
  },
  is('days_since_last', 'T - recency', ['T', 'recency'], of => of('T') - of('recency')),
  is('mean_gap', 'recency / frequency', ['recency', 'frequency'], of =>
    of('frequency') > 0 ? of('recency') / of('frequency') : NaN,
  ),
  {
    says: 'median_gap and sd_gap are there for enough gaps alone',
    of: ['frequency', 'median_gap', 'sd_gap'],
    holds: of => Number.isNaN(of('median_gap')) === of('frequency') < 1 && Number.isNaN(of('sd_gap')) === of('frequency') < 2,
  },
  is('mean_spend', 'spend by purchase', ['spend', 'frequency'], of => of('spend') / (of('frequency') + 1)),
  is('monetary', 'spend after the first purchase by repeat', ['spend', 'first_spend', 'frequency'], of =>
    of('frequency') > 0 ? (of('spend') - of('first_spend')) / of('frequency') : 0,
  ),
  is(
    'spend_trend',
    '(spend_30 - (spend_90 - spend_60)) / 2',
    ['spend_30', 'spend_60', 'spend_90'],
    of => (of('spend_30') - (of('spend_90') - of('spend_60'))) / 2,
  ),
  {
    says: 'one purchase is the first, the last and the largest',
    of: ['frequency', 'spend', 'first_spend', 'last_spend', 'max_spend'],
    holds: of =>
      of('frequency') > 0 || (['first_spend', 'last_spend', 'max_spend'] as const).every(name => equal(of(name), of('spend'))),
  },
  atMost('first_spend', 'max_spend'),
  atMost('last_spend', 'max_spend'),
  atMost('max_spend', 'spend'),
  atMost('mean_spend', 'max_spend'),
  ...PAIRS.flatMap(([shorter, longer]) => [
    atMost(`purchases_${shorter}`, `purchases_${longer}`),
    atMost(`spend_${shorter}`, `spend_${longer}`),
  ]),
  atMost('spend_last_period', 'spend'),
  ...SPANS.flatMap((days): Rule[] => [
    atMost(`spend_${days}`, 'spend'),
    {
      says: `purchases_${days} is no more than frequency + 1`,
      of: [`purchases_${days}`, 'frequency'],
      holds: of => of(`purchases_${days}`) <= of('frequency') + 1,
    },
    {
      says: `purchases_${days} are as many as ${days} days have room for, and some if the last one is among them`,
      of: [`purchases_${days}`, 'days_since_last'],
      holds: of => of(`purchases_${days}`) <= days && of(`purchases_${days}`) > 0 === of('days_since_last') < days,
    },
    {
      says: `nobody spends in ${days} days without a purchase`,
      of: [`purchases_${days}`, `spend_${days}`],
      holds: of => of(`purchases_${days}`) > 0 || of(`spend_${days}`) === 0,
    },
    {
      says: `spend_${days} is no more than its purchases can hold`,
      of: [`purchases_${days}`, `spend_${days}`, 'max_spend'],
      holds: of => most(of(`spend_${days}`), of(`purchases_${days}`) * of('max_spend')),
    },
  ]),
]

/** Which rules some customers break, and how many break each; and how many customers break any. Rules about absent columns are left out. */
export function brokenRules(customers: Table<CoreRow>): {
  readonly customers: number
  readonly rules: Readonly<Record<string, number>>
} {
  const rules = RULES.filter(({ of }) => of.every(name => customers.has(name)))
  const columns = new Map(rules.flatMap(({ of }) => of).map(name => [name, customers.column(name)]))
  const broken: Record<string, number> = {}
  let any = 0
  for (let r = 0; r < customers.length; r++) {
    const here = rules.filter(({ holds }) => !holds(name => columns.get(name)?.[r] as number))
    for (const { says } of here) broken[says] = (broken[says] ?? 0) + 1
    if (here.length > 0) any++
  }
  return { customers: any, rules: broken }
}
