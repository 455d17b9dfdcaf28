import { exp } from '../elementary/exponential.ts'
import { log } from '../elementary/logarithm.ts'
import { lbeta } from './beta-function.ts'
import { deviance } from './deviance.ts'
import { stirlingError } from './lgamma.ts'

const TWO_PI = 6.283185307179586
const TERMS = 100_000

/** The regularised incomplete beta function I_x(a, b) for a, b > 0, 0 <= x <= 1 (NaN elsewhere): the cdf of Beta(a, b). */
export function betaI(a: number, b: number, x: number): number {
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1)) return NaN
  if (x === 0 || x === 1) return x
  const y = 1 - x
  return x < (a + 1) / (a + b + 2) ? (front(a, b, x, y) / a) * fraction(a, b, x) : 1 - (front(a, b, x, y) / b) * fraction(b, a, y)
}

/** x^a y^b / B(a, b). */
function front(a: number, b: number, x: number, y: number): number {
  if (a < 10 || b < 10) return exp(a * log(x) + b * log(y) - lbeta(a, b))
  const n = a + b
  const rest = stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y)
  return Math.sqrt((a * b) / (TWO_PI * n)) * exp(rest)
}

/** Continued fraction (Abramowitz and Stegun 26.5.8), evaluated by Lentz's method. */
function fraction(a: number, b: number, x: number): number {
  let c = 1
  let d = guard(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m < TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = guard(1 + even * d)
    c = 1 + even / c
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = guard(1 + odd * d)
    c = 1 + odd / c
    value *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return value
}

const guard = (value: number): number => 1 / (Math.abs(value) < 1e-300 ? 1e-300 : value)
