import { requireAlike } from './require-alike.ts'

/** Mean squared distance between the probability and what happened (1 or 0). Source: Brier (1950). */
export function brier(actual: ArrayLike<number>, probability: ArrayLike<number>): number {
  const n = requireAlike(actual, probability)
  let sum = 0
  for (let i = 0; i < n; i++) {
    const miss = (probability[i] as number) - (actual[i] as number)
    sum += miss * miss
  }
  return sum / n
}
