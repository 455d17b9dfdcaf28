/**
 * Pieces that the feature queries share, in the part of SQL that DuckDB and Trino both understand: no `::`, `qualify`,
 * `exclude`, `median` or `group by all`, no bare `avg` or quotient of decimals, `date_diff` on dates only.
 */

/** CTE `buyers`: the customers of every feature table, those with a purchase in the window. */
export const BUYERS = `buyers as (
  select customer_id from events where kind = 'purchase' group by customer_id
)`

/** CTE `daily`: one row per customer and purchase day, with the day's spend. */
export const DAILY = `daily as (
  select customer_id, cast(ts as date) as d, sum(amount) as spend
  from events where kind = 'purchase' group by customer_id, cast(ts as date)
)`

/** A double quotient that is NULL, not an error, where the divisor is zero. */
export function ratio(numerator: string, denominator: string): string {
  return `cast(${numerator} as double) / nullif(cast(${denominator} as double), cast(0 as double))`
}

/** A count or sum that is zero where the left join found nothing. */
export function zero(expression: string): string {
  return `coalesce(cast(${expression} as double), cast(0 as double))`
}

/** Whole days from a date to the last observed day (the day before the cutoff). */
export function daysBeforeCutoff(day: string, cutoff: string): string {
  return `cast(date_diff('day', ${day}, ${cutoff}) - 1 as double)`
}
