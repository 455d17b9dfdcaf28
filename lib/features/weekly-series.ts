import { SchemaError, UsageError } from '../errors/index.ts'
import type { ObservedEvents } from '../schema/index.ts'
import { requireObserved } from './guard.ts'
import { sqlDate } from './sql/literal.ts'
import { BUYERS } from './sql/parts.ts'

export type Channel = 'purchases' | 'spend' | 'returned' | 'sessions'

/** Customers' last weeks before the cutoff, for models that read sequences. */
export interface WeeklySeries {
  readonly when: 'observed'
  /** In the order of the core features. */
  readonly customers: readonly string[]
  /** What each week holds: purchase days, spend; value returned and browsing sessions where the log knows them. */
  readonly channels: readonly Channel[]
  readonly weeks: number
  /** Shape (customers, weeks, channels), row-major; the last week ends with the day before the cutoff. */
  readonly data: Float32Array
  /** One customer's weeks, shape (weeks, channels): a view, not a copy. Errors: `SchemaError`. */
  of(customer: string): Float32Array
}

type Week = { readonly customer_id: string; readonly ago: number } & { readonly [K in Channel]: number }

/**
 * Weekly series of every customer with a purchase in the window; a week without events is zero. Weeks before the first observed
 * day are zero too.
 *
 * @param options.weeks how many, counted back from the cutoff
 */
export async function weeklySeries(observed: ObservedEvents, { weeks }: { readonly weeks: number }): Promise<WeeklySeries> {
  requireObserved(observed, 'weeklySeries')
  if (!(Number.isInteger(weeks) && weeks >= 1)) {
    throw new UsageError({ code: 'bad-weeks', what: `weeklySeries was asked for ${weeks} weeks`, remedy: 'ask for 1 or more' })
  }
  const cutoff = sqlDate(observed.window.cutoff, 'cutoff')
  const channels: readonly Channel[] = [
    'purchases',
    'spend',
    ...(observed.capabilities.has('returns') ? (['returned'] as const) : []),
    ...(observed.capabilities.has('browsing') ? (['sessions'] as const) : []),
  ]
  const buyers = await observed.query<{ readonly customer_id: string }>(
    `with ${BUYERS} select customer_id from buyers order by customer_id`,
  )
  const customers = buyers.column('customer_id')
  const table = await observed.query<Week>(`
with days as (
  select customer_id, date_diff('day', cast(ts as date), ${cutoff}) - 1 as days_ago,
    max(case when kind = 'purchase' then 1 else 0 end) as bought,
    sum(case when kind = 'purchase' then amount else cast(0 as decimal(18,4)) end) as spend,
    sum(case when kind = 'return' then -amount else cast(0 as decimal(18,4)) end) as returned,
    sum(case when kind = 'browse' then 1 else 0 end) as sessions
  from events group by customer_id, date_diff('day', cast(ts as date), ${cutoff}) - 1
)
select customer_id, cast((days_ago - mod(days_ago, 7)) / 7 as double) as ago, cast(sum(bought) as double) as purchases,
  cast(sum(spend) as double) as spend, cast(sum(returned) as double) as returned, cast(sum(sessions) as double) as sessions
from days where days_ago < ${weeks * 7}
group by customer_id, (days_ago - mod(days_ago, 7)) / 7 order by customer_id, ago`)
  const places = new Map(customers.map((id, i) => [id, i]))
  const data = new Float32Array(customers.length * weeks * channels.length)
  const [ids, ago] = [table.column('customer_id'), table.column('ago')]
  const values = channels.map(channel => table.column(channel))
  ids.forEach((id, row) => {
    const place = places.get(id)
    if (place === undefined) return
    const start = (place * weeks + weeks - 1 - (ago[row] as number)) * channels.length
    values.forEach((column, c) => {
      data[start + c] = column[row] as number
    })
  })
  const size = weeks * channels.length
  return {
    when: 'observed',
    customers,
    channels,
    weeks,
    data,
    of: customer => {
      const place = places.get(customer)
      if (place === undefined) {
        throw new SchemaError({
          code: 'unknown-customer',
          what: `there is no customer "${customer}"`,
          where: 'a weekly series',
          remedy: 'give an id of `customers`',
        })
      }
      return data.subarray(place * size, (place + 1) * size)
    },
  }
}
