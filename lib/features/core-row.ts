/**
 * What is known of every customer in every data set at a cutoff, from (customer, time, amount) alone.
 * One row per customer with a purchase in [observeFrom, cutoff). Purchases of one customer on one UTC day are one
 * transaction ("purchase day"). Times are days; money is the log's currency.
 */
export type CoreRow = {
  readonly customer_id: string
  /** Repeat purchase days: purchase days minus one. */
  readonly frequency: number
  /** Days from the first to the last purchase day. */
  readonly recency: number
  /** Days from the first purchase day to the last observed day (the day before the cutoff). */
  readonly T: number
  /** Mean spend of the repeat purchase days; 0 without a repeat. */
  readonly monetary: number
  /** Mean spend of all purchase days, the first included. */
  readonly mean_spend: number
  /** Total spend before the cutoff, gross of returns. */
  readonly spend: number
  /** Days from observeFrom to the cutoff: the same for all customers of a table. */
  readonly history: number
  /** Spend and purchase days in the last 7, 30, 60, 90, 180 days before the cutoff. */
  readonly spend_7: number
  readonly spend_30: number
  readonly spend_60: number
  readonly spend_90: number
  readonly spend_180: number
  readonly purchases_7: number
  readonly purchases_30: number
  readonly purchases_60: number
  readonly purchases_90: number
  readonly purchases_180: number
  /** Spend in the last min(horizon, half of the history) days, and that many days: the "last period" baseline. */
  readonly spend_last_period: number
  readonly last_period: number
  /** Mean, median and standard deviation of the gaps between purchase days; NaN with too few. */
  readonly mean_gap: number
  readonly median_gap: number
  readonly sd_gap: number
  /** Days from the last purchase day to the last observed day. */
  readonly days_since_last: number
  /** Standard deviation and maximum of spend per purchase day. */
  readonly sd_spend: number
  readonly max_spend: number
  /** Spend on the first and on the last purchase day. */
  readonly first_spend: number
  readonly last_spend: number
  /** Slope of spend over the last three 30-day windows, money per 30 days. */
  readonly spend_trend: number
}

/** What happened to each of the same customers in [cutoff, cutoff + horizon). */
export type OutcomeRow = {
  readonly customer_id: string
  /** Total spend in the horizon, gross of returns. */
  readonly future_value: number
  /** Purchase days in the horizon. */
  readonly future_purchases: number
  /** Whether there was any purchase in the horizon. */
  readonly buys_again: boolean
}
