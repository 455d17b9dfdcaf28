import { log } from '../numeric/index.ts'
import { requireAlike } from './require-alike.ts'

/** Probabilities are kept this far from 0 and 1, so that one certain error does not make the loss infinite. */
const CLIP = 1e-15

/** Mean negative log-likelihood of what happened (natural logarithm). */
export function logLoss(actual: ArrayLike<number>, probability: ArrayLike<number>): number {
  const n = requireAlike(actual, probability)
  let sum = 0
  for (let i = 0; i < n; i++) {
    const p = Math.min(1 - CLIP, Math.max(CLIP, probability[i] as number))
    sum -= log(actual[i] === 1 ? p : 1 - p)
  }
  return sum / n
}
