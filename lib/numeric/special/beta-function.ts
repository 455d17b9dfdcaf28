import { exp } from '../elementary/exponential.ts'
import { log, log1p } from '../elementary/logarithm.ts'
import { HALF_LOG_TWO_PI, lgamma, stirlingError } from './lgamma.ts'

/** log B(a, b) for a, b > 0 (NaN elsewhere), without the cancellation of three large log Γ. */
export function lbeta(a: number, b: number): number {
  const [small, large] = a < b ? [a, b] : [b, a]
  if (!(small > 0)) return NaN
  if (large < 10) return lgamma(small) + lgamma(large) - lgamma(small + large)
  const ratio = small / large
  const rest = stirlingError(large) - stirlingError(small + large)
  if (small < 10) return lgamma(small) + rest + small - small * log(small + large) - (large - 0.5) * log1p(ratio)
  return (
    HALF_LOG_TWO_PI -
    0.5 * log(large) +
    stirlingError(small) +
    rest +
    (small - 0.5) * log(ratio / (1 + ratio)) -
    large * log1p(ratio)
  )
}

/** B(a, b) = Γ(a) Γ(b) / Γ(a + b) for a, b > 0. */
export function betaFunction(a: number, b: number): number {
  return exp(lbeta(a, b))
}
