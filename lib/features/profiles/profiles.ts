import { mean, quantileSorted } from 'simple-statistics'
import { SchemaError } from '../../errors/index.ts'
import { DISPLAY, type Table, type Cell, type Displayable, type MimeBundle, type Row } from '../../schema/index.ts'
import type { CoreRow } from '../core-row.ts'
import { rfmScores, type RfmRow } from './rfm.ts'
import { RFM_SEGMENTS, type SegmentName } from './segments.ts'

/** Columns of a profile that only some logs have: who (demographic), how (behavioural), what (spending). */
type Known = {
  readonly age: number
  readonly income: number
  readonly country: string | null
  readonly channel: string | null
  readonly sessions: number
  readonly mean_rating: number
  readonly return_ratio: number
  readonly basket_size: number
  readonly variety: number
  readonly top_category: string | null
}
const WHO = ['age', 'income', 'country', 'channel'] as const
const HOW = ['sessions', 'mean_rating', 'return_ratio'] as const
const WHAT = ['basket_size', 'variety', 'top_category'] as const

type CoreProfile = Pick<CoreRow, 'T' | 'frequency' | 'days_since_last' | 'mean_gap' | 'spend' | 'mean_spend' | 'spend_trend'>

/** One customer's profile: segment, then who, how and what they buy. */
export type CustomerProfileRow<R extends Row = CoreRow> = RfmRow &
  CoreProfile & { readonly [K in keyof R & keyof Known]: Known[K] }

/** One segment's profile: sizes and shares, then medians of numbers and the most frequent of categories. */
export type SegmentProfileRow<R extends Row = CoreRow> = {
  readonly segment: SegmentName
  readonly customers: number
  readonly customer_share: number
  /** Share of all spend before the cutoff. */
  readonly spend_share: number
  readonly mean_spend_per_customer: number
  readonly meaning: string
} & {
  readonly [K in keyof CoreProfile | (keyof R & keyof Known) as `typical_${K & string}`]: K extends keyof Known
    ? Known[K]
    : number
}

/** Profiles of customers and of their segments. */
export class Profiles<R extends Row = CoreRow> implements Displayable {
  readonly customers: Table<CustomerProfileRow<R>>
  /** Segments that have a customer, in the order of `RFM_SEGMENTS`. */
  readonly segments: Table<SegmentProfileRow<R>>

  constructor(customers: Table<CustomerProfileRow<R>>, segments: Table<SegmentProfileRow<R>>) {
    this.customers = customers
    this.segments = segments
  }

  /** One customer's profile. Errors: `SchemaError` for an id that is not there. */
  of(customer: string): CustomerProfileRow<R> {
    const ids = (this.customers as unknown as Table<RfmRow>).column('customer_id')
    const place = ids.indexOf(customer)
    const [row] = place < 0 ? [] : [...this.customers.take([place]).rows()]
    if (row !== undefined) return row
    throw new SchemaError({
      code: 'unknown-customer',
      what: `there is no customer "${customer}"`,
      where: 'the profiles',
      remedy: 'give an id of `customers`',
    })
  }

  [DISPLAY](): MimeBundle {
    return this.segments[DISPLAY]()
  }
}

/**
 * Who the customers are, how and what they buy, from the features that the table has: per customer, and per RFM segment.
 * A group of features that a log lacks has no columns in its profiles.
 */
export function profiles<R extends CoreRow>(features: Table<R, 'observed'>): Profiles<R> {
  features.requireWhen('observed', 'profiles')
  const core: readonly (keyof CoreProfile)[] = [
    'T',
    'frequency',
    'days_since_last',
    'mean_gap',
    'spend',
    'mean_spend',
    'spend_trend',
  ]
  const shown = [...WHO, ...HOW, ...core, ...WHAT].filter(name => features.has(name))
  const some = features.select(...(['customer_id', ...shown] as unknown as (keyof R & string)[]))
  const customers = rfmScores(features).join(some as unknown as Table<CoreRow>, 'customer_id')
  const whole = customers.column('spend').reduce((sum, spend) => sum + spend, 0)
  const rolled = customers.rollup(['segment'], {
    customers: group => group.length,
    customer_share: group => group.length / customers.length,
    spend_share: group => (whole > 0 ? total(group.column('spend')) / whole : NaN),
    mean_spend_per_customer: group => mean([...group.column('spend')]),
    meaning: group => RFM_SEGMENTS.find(({ name }) => name === group.column('segment')[0])?.meaning ?? '',
    ...Object.fromEntries(shown.map(name => [`typical_${name}`, (group: Table<Row>) => typical(group.column(name))])),
  })
  const names = rolled.column('segment')
  const order = RFM_SEGMENTS.map(({ name }) => names.indexOf(name)).filter(place => place >= 0)
  return new Profiles<R>(customers as never, rolled.take(order) as never)
}

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)

/** The median of numbers, the most frequent of categories (first by name among equals); missing values aside. */
function typical(values: ArrayLike<Cell>): Cell {
  if (values instanceof Float64Array) {
    const sorted = values.filter(value => !Number.isNaN(value)).sort()
    return sorted.length > 0 ? quantileSorted([...sorted], 0.5) : NaN
  }
  const counts = new Map<string, number>()
  for (const value of Array.from(values)) if (value !== null) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1)
  const [best] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return best?.[0] ?? null
}
