import { exp } from '../elementary/exponential.ts'
import { log } from '../elementary/logarithm.ts'
import type { Random } from '../random.ts'
import { lgamma } from '../special/lgamma.ts'

/**
 * A Poisson draw. Small means by multiplying uniforms; from 10 on by transformed rejection, whose time does not grow with
 * the mean. Source: Hörmann (1993), "The transformed rejection method for generating Poisson random variables", PTRS.
 */
export function poisson(random: Random, mean: number): number {
  return mean < 10 ? byProducts(random, mean) : byRejection(random, mean)
}

function byProducts(random: Random, mean: number): number {
  const limit = exp(-mean)
  let count = 0
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count++
  return count
}

function byRejection(random: Random, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean)
  const a = -0.059 + 0.02483 * b
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
  const surely = 0.9277 - 3.6224 / (b - 2)
  const logMean = log(mean)
  for (;;) {
    const u = random.uniform() - 0.5
    const v = 1 - random.uniform()
    const us = 0.5 - Math.abs(u)
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43)
    if (us >= 0.07 && v <= surely) return k
    if (k < 0 || (us < 0.013 && v > us)) continue
    if (log((v * inverseAlpha) / (a / (us * us) + b)) <= k * logMean - mean - lgamma(k + 1)) return k
  }
}
