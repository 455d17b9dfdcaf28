import { bernoulli, beta, exponential, gamma, type Random } from '../../../lib/numeric/index.ts'

export interface Histories {
  readonly frequency: Float64Array
  readonly recency: Float64Array
  readonly T: Float64Array
}

/**
 * Histories in days of customers of a BG/NBD process (r, α, a, b; α in weeks), observed for 27 to 39 weeks; purchases of one
 * day are one.
 */
export function simulated([r, alpha, a, b]: readonly [number, number, number, number], count: number, random: Random): Histories {
  const frequency = new Float64Array(count)
  const recency = new Float64Array(count)
  const T = Float64Array.from({ length: count }, () => 27 * 7 + random.integer(12 * 7 + 1))
  for (let i = 0; i < count; i++) {
    const rate = gamma(random, r, alpha) / 7
    const leaves = beta(random, a, b)
    let time = 0
    for (;;) {
      time += exponential(random, rate)
      if (!(time < (T[i] as number) + 1)) break
      const day = Math.floor(time)
      if (day > (recency[i] as number)) {
        frequency[i] = (frequency[i] as number) + 1
        recency[i] = day
      }
      if (bernoulli(random, leaves)) break
    }
  }
  return { frequency, recency, T }
}
