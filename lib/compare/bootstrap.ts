import type { Seed } from '../numeric/index.ts'
import type { Resampled } from './resampled.ts'

/** Where the middle 95% of a resampled score lies. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/**
 * Scores over customers drawn with replacement, by scorer and then by resample. All scorers see the same resamples, so that
 * their differences are paired. Source: Efron and Tibshirani (1993), "An introduction to the bootstrap", chapter 13.
 *
 * @param scorers each gives one number for how often each customer was drawn
 * @param onResample called after each resample with how many are done
 */
export async function bootstrap(
  scorers: readonly Resampled[],
  customers: number,
  resamples: number,
  seed: Seed,
  onResample: (done: number) => void = () => {},
  signal?: AbortSignal,
): Promise<readonly Float64Array[]> {
  const scores = scorers.map(() => new Float64Array(resamples))
  for (let b = 0; b < resamples; b++) {
    if (b % 10 === 0) await new Promise<void>(resolve => void setImmediate(resolve))
    signal?.throwIfAborted()
    const random = seed.child(b).random()
    const drawn = new Uint32Array(customers)
    for (let i = 0; i < customers; i++) {
      const row = random.integer(customers)
      drawn[row] = (drawn[row] as number) + 1
    }
    scorers.forEach((score, s) => ((scores[s] as Float64Array)[b] = score(drawn)))
    onResample(b + 1)
  }
  return scores
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
