import { drawnIn, type Resampling } from '../metrics/index.ts'
import type { Resampled } from './resampled.ts'

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
  resampling: Resampling,
  onResample: (done: number) => void = () => {},
  signal?: AbortSignal,
): Promise<readonly Float64Array[]> {
  const scores = scorers.map(() => new Float64Array(resampling.resamples))
  for (let b = 0; b < resampling.resamples; b++) {
    if (b % 10 === 0) await new Promise<void>(resolve => void setImmediate(resolve))
    signal?.throwIfAborted()
    const drawn = drawnIn(b, resampling, customers)
    scorers.forEach((score, s) => ((scores[s] as Float64Array)[b] = score(drawn)))
    onResample(b + 1)
  }
  return scores
}
