import { sqlDate } from './literal.ts'
import { DAILY } from './parts.ts'

const count = (condition: string): string => `sum(case when ${condition} then 1 else 0 end)`
const money = (condition: string): string => `sum(case when ${condition} then spend else cast(0 as decimal(18,4)) end)`

/**
 * The core features as one SQL text in the part of SQL that DuckDB and Trino share: decimals summed exactly, quotients of
 * doubles only, dates (not timestamps) differenced, medians by row number, one roll-up to (customer, day) first. Variances
 * are differences of exact sums, so no order of rows and no number of threads changes a bit of them.
 *
 * @param lastPeriod days of the "last period" window before the cutoff
 */
export function coreSql(window: { readonly observeFrom: string; readonly cutoff: string }, lastPeriod: number): string {
  const cutoff = sqlDate(window.cutoff, 'cutoff')
  const observeFrom = sqlDate(window.observeFrom, 'observeFrom')
  const lastDay = `(${cutoff} - interval '1' day)`
  const spans = [7, 30, 60, 90, 180]
  const since = (days: number): string => `d >= ${cutoff} - interval '${days}' day`
  return `
with ${DAILY},
numbered as (
  select customer_id, d, spend,
    row_number() over (partition by customer_id order by d) as nth,
    row_number() over (partition by customer_id order by d desc) as nth_last,
    date_diff('day', lag(d) over (partition by customer_id order by d), d) as gap
  from daily
),
ranked as (
  select customer_id, gap,
    row_number() over (partition by customer_id order by gap) as rn,
    count(*) over (partition by customer_id) as n
  from numbered where gap is not null
),
medians as (
  select customer_id, cast(sum(case when rn * 2 between n and n + 2 then gap else 0 end) as double)
    / cast(sum(case when rn * 2 between n and n + 2 then 1 else 0 end) as double) as median_gap
  from ranked group by customer_id
),
totals as (
  select customer_id,
    count(*) as n, min(d) as first_day, max(d) as last_day,
    sum(spend) as spend, max(spend) as max_spend,
    sum(cast(spend as decimal(19,4)) * cast(spend as decimal(19,4))) as spend_squares,
    sum(case when nth = 1 then spend else cast(0 as decimal(18,4)) end) as first_spend,
    sum(case when nth_last = 1 then spend else cast(0 as decimal(18,4)) end) as last_spend,
    sum(gap) as gaps, sum(gap * gap) as gap_squares,
    ${spans.map(days => `${money(since(days))} as spend_${days}, ${count(since(days))} as purchases_${days}`).join(',\n    ')},
    ${money(since(lastPeriod))} as spend_last_period,
    ${money(since(30))} - ${money(`${since(90)} and not (${since(60)})`)} as spend_change
  from numbered group by customer_id
)
select t.customer_id,
  cast(t.n - 1 as double) as frequency,
  cast(date_diff('day', t.first_day, t.last_day) as double) as recency,
  cast(date_diff('day', t.first_day, cast(${lastDay} as date)) as double) as T,
  case when t.n > 1 then cast(t.spend - t.first_spend as double) / cast(t.n - 1 as double) else cast(0 as double) end as monetary,
  cast(t.spend as double) / cast(t.n as double) as mean_spend,
  cast(t.spend as double) as spend,
  cast(date_diff('day', ${observeFrom}, ${cutoff}) as double) as history,
  ${spans.map(days => `cast(t.spend_${days} as double) as spend_${days}`).join(', ')},
  ${spans.map(days => `cast(t.purchases_${days} as double) as purchases_${days}`).join(', ')},
  cast(t.spend_last_period as double) as spend_last_period,
  cast(${lastPeriod} as double) as last_period,
  cast(t.gaps as double) / nullif(cast(t.n - 1 as double), 0) as mean_gap,
  m.median_gap,
  case when t.n > 2
    then sqrt(cast(t.gap_squares * (t.n - 1) - t.gaps * t.gaps as double) / cast((t.n - 1) * (t.n - 2) as double)) end as sd_gap,
  cast(date_diff('day', t.last_day, cast(${lastDay} as date)) as double) as days_since_last,
  case when t.n > 1
    then sqrt(cast(cast(t.n as decimal(10,0)) * t.spend_squares - t.spend * t.spend as double) / cast(t.n * (t.n - 1) as double)) end as sd_spend,
  cast(t.max_spend as double) as max_spend,
  cast(t.first_spend as double) as first_spend,
  cast(t.last_spend as double) as last_spend,
  cast(t.spend_change as double) / 2 as spend_trend
from totals t left join medians m on m.customer_id = t.customer_id
order by t.customer_id`
}
