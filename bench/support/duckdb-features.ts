import { DuckDBInstance } from '@duckdb/node-api'
import { lengths, TRAILING, type FeatureColumns, type Span } from './feature-columns.ts'

export interface BareDuckdb {
  readonly features: (span: Span) => Promise<FeatureColumns>
  readonly close: () => void
}

/** The peer "bare DuckDB": the events in a table of its memory, 2 threads as ours, and one query in DuckDB's own idiom. */
export async function duckdbFeatures(parquet: string): Promise<BareDuckdb> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  await connection.run(`set TimeZone = 'UTC'; create table events as select * from '${parquet}'`)
  return {
    features: async span => (await connection.runAndReadAll(sqlOf(span))).getColumnsObject() as FeatureColumns,
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

function sqlOf(span: Span): string {
  const { history, lastPeriod } = lengths(span)
  const [from, cutoff] = [`date '${span.observeFrom}'`, `date '${span.cutoff}'`]
  const since = (days: number): string => `filter (where d >= ${cutoff} - ${days})`
  return `
with daily as (
  select customer_id, ts::date as d, sum(amount) as spend from events
  where kind = 'purchase' and ts >= ${from} and ts < ${cutoff} group by all
),
ordered as (
  select *, d - lag(d) over purchases as gap, row_number() over purchases as nth
  from daily window purchases as (partition by customer_id order by d)
)
select customer_id,
  (count(*) - 1)::double as frequency, (max(d) - min(d))::double as recency, (${cutoff} - 1 - min(d))::double as T,
  coalesce(avg(spend) filter (where nth > 1), 0) as monetary, avg(spend) as mean_spend, sum(spend) as spend,
  ${history}::double as history, ${lastPeriod}::double as last_period,
  ${TRAILING.map(days => `coalesce(sum(spend) ${since(days)}, 0) as spend_${days}, (count(*) ${since(days)})::double as purchases_${days}`).join(',\n  ')},
  coalesce(sum(spend) ${since(lastPeriod)}, 0) as spend_last_period,
  avg(gap) as mean_gap, median(gap) as median_gap, stddev_samp(gap) as sd_gap,
  (${cutoff} - 1 - max(d))::double as days_since_last,
  stddev_samp(spend) as sd_spend, max(spend) as max_spend, arg_min(spend, d) as first_spend, arg_max(spend, d) as last_spend,
  (coalesce(sum(spend) ${since(30)}, 0) - coalesce(sum(spend) filter (where d >= ${cutoff} - 90 and d < ${cutoff} - 60), 0)) / 2 as spend_trend
from ordered group by customer_id order by customer_id`
}
