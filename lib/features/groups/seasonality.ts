import type { ObservedEvents, Table } from '../../schema/index.ts'
import { requireObserved } from '../guard.ts'
import { DAILY, ratio } from '../sql/parts.ts'

/**
 * When a customer buys: shares of purchase days by weekday and by quarter, and of purchases by part of the day. Needs no
 * capability, but a log that knows days only (all times are midnights) has no times of day: those columns are NaN throughout.
 */
export type SeasonalityRow = {
  readonly customer_id: string
  readonly share_monday: number
  readonly share_tuesday: number
  readonly share_wednesday: number
  readonly share_thursday: number
  readonly share_friday: number
  readonly share_saturday: number
  readonly share_sunday: number
  /** Shares of purchase days in January to March, April to June, … */
  readonly share_q1: number
  readonly share_q2: number
  readonly share_q3: number
  readonly share_q4: number
  /** Shares of purchase events in [0, 6), [6, 12), [12, 18), [18, 24) o'clock, UTC. */
  readonly share_night: number
  readonly share_morning: number
  readonly share_afternoon: number
  readonly share_evening: number
}

// The engines number weekdays apart (Sunday is 0 or 7); modulo 7 they agree.
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const MONDAY_FIRST = [1, 2, 3, 4, 5, 6, 0]
const PARTS = ['night', 'morning', 'afternoon', 'evening']
const share = (condition: string, name: string): string =>
  `${ratio(`sum(case when ${condition} then 1 else 0 end)`, 'count(*)')} as share_${name}`

/** Seasonality features, one row per customer of the core features, ordered by customer_id. */
export async function seasonalityFeatures(observed: ObservedEvents): Promise<Table<SeasonalityRow>> {
  requireObserved(observed, 'seasonalityFeatures')
  const weekdays = MONDAY_FIRST.map(day => share(`mod(extract(dow from d), 7) = ${day}`, WEEKDAYS[day] as string))
  const quarters = [1, 2, 3, 4].map(quarter => share(`extract(quarter from d) = ${quarter}`, `q${quarter}`))
  const parts = PARTS.map((part, i) => share(`extract(hour from ts) between ${i * 6} and ${i * 6 + 5}`, part))
  const timed = PARTS.map(part => `case when t.timed > 0 then h.share_${part} end as share_${part}`)
  return await observed.query<SeasonalityRow>(`
with ${DAILY},
calendar as (select customer_id, ${[...weekdays, ...quarters].join(',\n  ')} from daily group by customer_id),
clock as (select customer_id, ${parts.join(',\n  ')} from events where kind = 'purchase' group by customer_id),
times as (select count(*) as timed from events where kind = 'purchase' and ts <> cast(cast(ts as date) as timestamp))
select c.customer_id, ${MONDAY_FIRST.map(day => `c.share_${WEEKDAYS[day]}`).join(', ')},
  c.share_q1, c.share_q2, c.share_q3, c.share_q4, ${timed.join(', ')}
from calendar c join clock h on h.customer_id = c.customer_id cross join times t
order by c.customer_id`)
}
