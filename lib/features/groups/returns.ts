import type { ObservedEvents, Table } from '../../schema/index.ts'
import { requireObserved } from '../guard.ts'
import { sqlDate } from '../sql/literal.ts'
import { DAILY, daysBeforeCutoff, ratio, zero } from '../sql/parts.ts'

/** What a customer gives back; capability `returns`. */
export type ReturnRow = {
  readonly customer_id: string
  /** Days with a return. */
  readonly return_days: number
  /** Value returned, money, positive. */
  readonly returned_value: number
  /** Value returned over gross spend, both before the cutoff; NaN where nothing was spent. May exceed 1. */
  readonly return_ratio: number
  /** Days from the last return to the last observed day; NaN without one. */
  readonly days_since_last_return: number
}

/** Return features, one row per customer of the core features, ordered by customer_id. */
export async function returnFeatures(observed: ObservedEvents<'returns'>): Promise<Table<ReturnRow>> {
  requireObserved(observed, 'returnFeatures')
  return await observed.query<ReturnRow>(`
with ${DAILY},
bought as (select customer_id, sum(spend) as spend from daily group by customer_id),
returned_daily as (
  select customer_id, cast(ts as date) as d, sum(amount) as amount
  from events where kind = 'return' group by customer_id, cast(ts as date)
),
returned as (
  select customer_id, count(*) as days, -sum(amount) as amount, max(d) as last_day from returned_daily group by customer_id
)
select b.customer_id,
  ${zero('r.days')} as return_days,
  ${zero('r.amount')} as returned_value,
  ${ratio('coalesce(r.amount, cast(0 as decimal(18,4)))', 'b.spend')} as return_ratio,
  ${daysBeforeCutoff('r.last_day', sqlDate(observed.window.cutoff, 'cutoff'))} as days_since_last_return
from bought b left join returned r on r.customer_id = b.customer_id
order by b.customer_id`)
}
