import type { ObservedEvents, Table } from '../../schema/index.ts'
import { requireObserved } from '../guard.ts'
import { sqlDate } from '../sql/literal.ts'
import { BUYERS, daysBeforeCutoff, zero } from '../sql/parts.ts'

/** How often a customer was written to; capability `campaigns`. */
export type ContactRow = {
  readonly customer_id: string
  readonly contacts: number
  /** Contacts in the last 30 days before the cutoff. */
  readonly contacts_30: number
  /** Days from the last contact to the last observed day; NaN without one. */
  readonly days_since_last_contact: number
}

/** Campaign contacts, one row per customer of the core features, ordered by customer_id. */
export async function contactFeatures(observed: ObservedEvents<'campaigns'>): Promise<Table<ContactRow>> {
  requireObserved(observed, 'contactFeatures')
  const cutoff = sqlDate(observed.window.cutoff, 'cutoff')
  return await observed.query<ContactRow>(`
with ${BUYERS},
sent as (
  select customer_id, count(*) as contacts, max(cast(ts as date)) as last_day,
    sum(case when cast(ts as date) >= ${cutoff} - interval '30' day then 1 else 0 end) as contacts_30
  from events where kind = 'contact' group by customer_id
)
select b.customer_id, ${zero('s.contacts')} as contacts, ${zero('s.contacts_30')} as contacts_30,
  ${daysBeforeCutoff('s.last_day', cutoff)} as days_since_last_contact
from buyers b left join sent s on s.customer_id = b.customer_id
order by b.customer_id`)
}
