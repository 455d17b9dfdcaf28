/** Where the middle 95% of a resampled score lies. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** The percentile interval of 95%; resamples without a score (NaN) are left out. Undefined when none is left. */
export function percentileInterval(scores: Float64Array): Interval | undefined {
  const sorted = scores.filter(each => !Number.isNaN(each)).sort()
  return sorted.length === 0 ? undefined : { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) }
}

/** Between the two nearest, linearly. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)] as number
  const above = sorted[Math.ceil(place)] as number
  return below + (place - Math.floor(place)) * (above - below)
}
