import { exp } from '../elementary/exponential.ts'
import { log } from '../elementary/logarithm.ts'
import { deviance } from './deviance.ts'
import { lgamma, stirlingError } from './lgamma.ts'

const TWO_PI = 6.283185307179586
const TERMS = 100_000

/** The regularised lower incomplete gamma function P(a, x), for a > 0, x >= 0 (NaN elsewhere): the cdf of Gamma(a, 1). */
export function gammaP(a: number, x: number): number {
  if (!(a > 0 && x >= 0)) return NaN
  if (x === 0) return 0
  if (x === Infinity) return 1
  return x < a + 1 ? lower(a, x) : 1 - upper(a, x)
}

/** Its complement Q(a, x) = 1 - P(a, x), exact in the upper tail. */
export function gammaQ(a: number, x: number): number {
  if (!(a > 0 && x >= 0)) return NaN
  if (x === 0) return 1
  if (x === Infinity) return 0
  return x < a + 1 ? 1 - lower(a, x) : upper(a, x)
}

/** Power series (Abramowitz and Stegun 6.5.29). */
function lower(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let n = 1; n < TERMS && term > 1e-17 * sum; n++) {
    term *= x / (a + n)
    sum += term
  }
  return poissonTerm(a, x) * sum
}

/** Continued fraction (Abramowitz and Stegun 6.5.31), evaluated by Lentz's method. */
function upper(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let value = d
  for (let n = 1; n < TERMS; n++) {
    const factor = -n * (n - a)
    b += 2
    d = 1 / (factor * d + b)
    c = b + factor / c
    value *= c * d
    if (Math.abs(c * d - 1) < 1e-16) break
  }
  return poissonTerm(a, x) * a * value
}

/** x^a e^-x / Γ(a + 1). */
function poissonTerm(a: number, x: number): number {
  if (a < 10) return exp(a * log(x) - x - lgamma(a + 1))
  return exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(TWO_PI * a)
}
