import { log } from '../elementary/logarithm.ts'
import { pow } from '../elementary/power.ts'
import type { Random } from '../random.ts'
import { normal } from './normal.ts'

/**
 * A Gamma draw with this shape and rate (mean shape / rate). Below shape 1 a draw of shape + 1 is shrunk by U^(1 / shape).
 * Source: Marsaglia and Tsang (2000), "A simple method for generating gamma variables".
 */
export function gamma(random: Random, shape: number, rate: number): number {
  if (shape >= 1) return standardGamma(random, shape) / rate
  return (standardGamma(random, shape + 1) / rate) * pow(1 - random.uniform(), 1 / shape)
}

/** The logarithm of a Gamma draw with rate 1: for tiny shapes, whose draws are mostly below the smallest double. */
export function logGamma(random: Random, shape: number): number {
  if (shape >= 1) return log(standardGamma(random, shape))
  return log(standardGamma(random, shape + 1)) + log(1 - random.uniform()) / shape
}

function standardGamma(random: Random, shape: number): number {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const root = 1 + c * x
    if (root <= 0) continue
    const v = root * root * root
    const u = 1 - random.uniform()
    if (u < 1 - 0.0331 * x * x * x * x || log(u) < 0.5 * x * x + d - d * v + d * log(v)) return d * v
  }
}
