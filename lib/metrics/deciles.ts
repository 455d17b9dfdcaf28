import type { Random } from '../numeric/index.ts'
import { requireAlike } from './require-alike.ts'

/** One of ten equal groups of customers by rank of their prediction, the highest first. */
export interface Decile {
  readonly customers: number
  readonly predicted: number
  readonly actual: number
}

/** Mean predicted and mean actual spend by decile of the prediction; ties are broken at random. */
export function deciles(actual: ArrayLike<number>, predicted: ArrayLike<number>, random: Random): readonly Decile[] {
  const n = requireAlike(actual, predicted)
  const shuffled = random.permutation(n)
  const order = Uint32Array.from(shuffled.keys()).sort(
    (i, j) => (predicted[shuffled[j] as number] as number) - (predicted[shuffled[i] as number] as number) || i - j,
  )
  const groups = Math.min(10, n)
  return Array.from({ length: groups }, (_, group) => {
    const from = Math.floor((group * n) / groups)
    const to = Math.floor(((group + 1) * n) / groups)
    let [p, a] = [0, 0]
    for (let i = from; i < to; i++) {
      const customer = shuffled[order[i] as number] as number
      p += predicted[customer] as number
      a += actual[customer] as number
    }
    return { customers: to - from, predicted: p / (to - from), actual: a / (to - from) }
  })
}

/**
 * Mean over deciles of |mean predicted - mean actual| / mean actual: how far a manager's budget by group is off. Groups
 * without actual spend are left out and counted.
 */
export function decileMape(groups: readonly Decile[]): { readonly value: number; readonly leftOut: number } {
  const kept = groups.filter(({ actual }) => actual > 0)
  const value = kept.reduce((sum, { predicted, actual }) => sum + Math.abs(predicted - actual) / actual, 0) / kept.length
  return { value, leftOut: groups.length - kept.length }
}
