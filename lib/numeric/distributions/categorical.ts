import type { Random } from '../random.ts'

/** A position in `weights`, drawn with probability proportional to its weight (>= 0, not all 0). */
export function categorical(random: Random, weights: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < weights.length; i++) total += weights[i] as number
  let left = random.uniform() * total
  let last = 0
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number
    if (!(weight > 0)) continue
    if (left < weight) return i
    left -= weight
    last = i
  }
  return last
}
