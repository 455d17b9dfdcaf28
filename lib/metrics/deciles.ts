import type { Random } from '../numeric/index.ts'
import { requireAlike } from './require-alike.ts'

/** One of ten equal groups of customers by rank of their prediction, the highest first. */
export interface Decile {
  readonly customers: number
  readonly predicted: number
  readonly actual: number
  /** Standard error of `actual`; NaN for a group of one. */
  readonly error: number
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
    const customers = to - from
    let squares = 0
    for (let i = from; i < to; i++) {
      const off = (actual[shuffled[order[i] as number] as number] as number) - a / customers
      squares += off * off
    }
    const error = Math.sqrt(squares / (customers - 1) / customers)
    return { customers, predicted: p / customers, actual: a / customers, error }
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
