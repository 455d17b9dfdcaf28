import { exp } from '../elementary/exponential.ts'
import { log } from '../elementary/logarithm.ts'
import { erfc } from './error-function.ts'

const ROOT_TWO_PI = 2.5066282746310007

/** Φ(x), the probability that a standard normal is at most x; relative error below 3e-13 in the lower tail too. */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x * Math.SQRT1_2)
}

/**
 * The x with Φ(x) = p; ∓Infinity at 0 and 1, NaN outside. A rational start (Abramowitz and Stegun 26.2.23) and three of
 * Halley's steps.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN
  if (p === 0.5) return 0
  if (p > 0.5) return -lowerQuantile(1 - p)
  return lowerQuantile(p)
}

function lowerQuantile(p: number): number {
  if (p === 0) return -Infinity
  const t = Math.sqrt(-2 * log(p))
  let x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
  for (let i = 0; i < 3; i++) {
    const step = (normalCdf(x) - p) * ROOT_TWO_PI * exp(0.5 * x * x)
    x -= step / (1 + 0.5 * x * step)
  }
  return x
}
