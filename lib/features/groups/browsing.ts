import type { ObservedEvents, Table } from '../../schema/index.ts'
import { requireObserved } from '../guard.ts'
import { sqlDate } from '../sql/literal.ts'
import { DAILY, daysBeforeCutoff, ratio, zero } from '../sql/parts.ts'

/** How a customer browses; capability `browsing`. A browse event is a session. */
export type BrowsingRow = {
  readonly customer_id: string
  readonly sessions: number
  /** NaN where sessions do not say their pages. */
  readonly pages: number
  /** Sessions in the last 30 days before the cutoff. */
  readonly sessions_30: number
  /** Means over sessions; NaN without a session. */
  readonly pages_per_session: number
  readonly seconds_per_session: number
  /** Sessions per purchase day. */
  readonly sessions_per_purchase: number
  /** Days from the last session to the last observed day; NaN without a session. */
  readonly days_since_last_session: number
}

/** Browsing features, one row per customer of the core features, ordered by customer_id. */
export async function browsingFeatures(observed: ObservedEvents<'browsing'>): Promise<Table<BrowsingRow>> {
  requireObserved(observed, 'browsingFeatures')
  const cutoff = sqlDate(observed.window.cutoff, 'cutoff')
  return await observed.query<BrowsingRow>(`
with ${DAILY},
bought as (select customer_id, count(*) as days from daily group by customer_id),
visits as (
  select customer_id, count(*) as sessions, max(cast(ts as date)) as last_day,
    sum(cast(pages as decimal(18,4))) as pages, sum(cast(seconds as decimal(18,4))) as seconds,
    count(pages) as with_pages, count(seconds) as with_seconds,
    sum(case when cast(ts as date) >= ${cutoff} - interval '30' day then 1 else 0 end) as sessions_30
  from events where kind = 'browse' group by customer_id
)
select b.customer_id,
  ${zero('v.sessions')} as sessions,
  cast(case when v.sessions is null then 0 else v.pages end as double) as pages,
  ${zero('v.sessions_30')} as sessions_30,
  ${ratio('v.pages', 'v.with_pages')} as pages_per_session,
  ${ratio('v.seconds', 'v.with_seconds')} as seconds_per_session,
  ${ratio('coalesce(v.sessions, 0)', 'b.days')} as sessions_per_purchase,
  ${daysBeforeCutoff('v.last_day', cutoff)} as days_since_last_session
from bought b left join visits v on v.customer_id = b.customer_id
order by b.customer_id`)
}
