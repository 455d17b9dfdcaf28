/** A median, and where it could also lie. */
export interface Median {
  readonly median: number
  readonly low: number
  readonly high: number
}

/**
 * The median of ascending values with its 95% interval by order statistics: as many values lie below the true one as heads come up when a coin is thrown for each.
 * Source: David and Nagaraja (2003), "Order statistics", section 7.1, with the normal law in place of the binomial one.
 */
export function medianInterval(ascending: ArrayLike<number>): Median {
  const n = ascending.length
  const placed = (place: number): number => ascending[Math.min(n - 1, Math.max(0, place))] as number
  const spread = 0.98 * Math.sqrt(n)
  return {
    median: (placed((n - 1) >> 1) + placed(n >> 1)) / 2,
    low: placed(Math.floor(n / 2 - spread) - 1),
    high: placed(Math.ceil(n / 2 + spread)),
  }
}
