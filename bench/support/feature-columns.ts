/** Columns by name: what each contender starts from, and what it ends with. */
export type FeatureColumns = Readonly<Record<string, ArrayLike<unknown>>>

/** Days `YYYY-MM-DD`; the horizon in days. */
export interface Span {
  readonly observeFrom: string
  readonly cutoff: string
  readonly horizon: number
}

export const TRAILING = [7, 30, 60, 90, 180] as const

/** Days of the history, and of the last period. */
export function lengths({ observeFrom, cutoff, horizon }: Span): { readonly history: number; readonly lastPeriod: number } {
  const history = (Date.parse(cutoff) - Date.parse(observeFrom)) / 86_400_000
  return { history, lastPeriod: Math.max(1, Math.min(horizon, Math.floor(history / 2))) }
}
