import type { ObservedEvents, Table } from '../../schema/index.ts'
import { requireObserved } from '../guard.ts'
import { ratio, zero } from '../sql/parts.ts'

/** How many pieces a customer buys; capability `quantities`. */
export type QuantityRow = {
  readonly customer_id: string
  /** Pieces bought. */
  readonly units: number
  /** Pieces per purchase day. */
  readonly units_per_day: number
  /** Spend per piece, money; NaN where no quantity is known. */
  readonly unit_price: number
}

/** Quantity features, one row per customer of the core features, ordered by customer_id. */
export async function quantityFeatures(observed: ObservedEvents<'quantities'>): Promise<Table<QuantityRow>> {
  requireObserved(observed, 'quantityFeatures')
  return await observed.query<QuantityRow>(`
with daily as (
  select customer_id, cast(ts as date) as d, sum(cast(quantity as decimal(18,4))) as units,
    sum(case when quantity is not null then amount else cast(0 as decimal(18,4)) end) as spend
  from events where kind = 'purchase' group by customer_id, cast(ts as date)
)
select customer_id,
  ${zero('sum(units)')} as units,
  ${ratio('sum(units)', 'count(*)')} as units_per_day,
  ${ratio('sum(spend)', 'sum(units)')} as unit_price
from daily group by customer_id order by customer_id`)
}
