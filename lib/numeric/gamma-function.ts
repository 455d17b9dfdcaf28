import { log } from './elementary.ts'

/** Stirling coefficients B_2k / (2k (2k - 1)) (Abramowitz and Stegun 6.1.41). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400] as const
/** B_2k / 2k (Abramowitz and Stegun 6.3.18). */
const DIGAMMA = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12] as const
const HALF_LOG_2PI = 0.91893853320467274178

/** log Γ(x) for x > 0 (NaN elsewhere), absolute error below 1e-13 for x <= 10 and relative error below 1e-15 above. */
export function lgamma(x: number): number {
  if (!(x > 0)) return NaN
  let y = x
  let product = 1
  while (y < 10) {
    product *= y
    y += 1
  }
  const inverse = 1 / (y * y)
  let series = 0
  for (let i = STIRLING.length - 1; i >= 0; i--) series = series * inverse + (STIRLING[i] as number)
  const value = (y - 0.5) * log(y) - y + HALF_LOG_2PI + series / y
  return product === 1 ? value : value - log(product)
}

/** ψ(x), the derivative of log Γ, for x > 0 (NaN elsewhere). */
export function digamma(x: number): number {
  if (!(x > 0)) return NaN
  let y = x
  let shift = 0
  while (y < 10) {
    shift -= 1 / y
    y += 1
  }
  const inverse = 1 / (y * y)
  let series = 0
  for (let i = DIGAMMA.length - 1; i >= 0; i--) series = (series + (DIGAMMA[i] as number)) * inverse
  return shift + log(y) - 0.5 / y - series
}

/** log B(a, b) for a, b > 0. */
export function lbeta(a: number, b: number): number {
  return lgamma(a) + lgamma(b) - lgamma(a + b)
}
