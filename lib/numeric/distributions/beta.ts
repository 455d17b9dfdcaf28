import { sigmoid } from '../elementary/logistic.ts'
import type { Random } from '../random.ts'
import { gamma, logGamma } from './gamma.ts'

/** A Beta draw with mean a / (a + b), as a ratio of Gamma draws; in logarithms where these would both be 0. */
export function beta(random: Random, a: number, b: number): number {
  if (a < 0.05 || b < 0.05) return sigmoid(logGamma(random, a) - logGamma(random, b))
  const x = gamma(random, a, 1)
  return x / (x + gamma(random, b, 1))
}
