import type { CoreRow } from '../../features/index.ts'

/** The core columns of a customer. */
export type CoreColumn = Exclude<keyof CoreRow, 'customer_id'>

/** What a customer is known to be; NaN where nothing is known. */
export type Known = (column: CoreColumn) => number

/** What all customers of a table share. */
export interface Shared {
  readonly history: number
  readonly last_period: number
}

/** The windows before the cutoff that the core features count in, days, the longest first. */
export const WINDOWS = [180, 90, 60, 30, 7] as const

export const CORE = [
  'frequency',
  'recency',
  'T',
  'monetary',
  'mean_spend',
  'spend',
  'history',
  'spend_7',
  'spend_30',
  'spend_60',
  'spend_90',
  'spend_180',
  'purchases_7',
  'purchases_30',
  'purchases_60',
  'purchases_90',
  'purchases_180',
  'spend_last_period',
  'last_period',
  'mean_gap',
  'median_gap',
  'sd_gap',
  'days_since_last',
  'sd_spend',
  'max_spend',
  'first_spend',
  'last_spend',
  'spend_trend',
] as const satisfies readonly CoreColumn[]
