import { log, log1p } from '../elementary/logarithm.ts'

/** log √(2π). */
export const HALF_LOG_TWO_PI = 0.9189385332046728

/** B_2k / (2k (2k - 1)): Abramowitz and Stegun 6.1.41. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400] as const

/** 1 - γ, then (-1)^k (ζ(k) - 1) / k: Abramowitz and Stegun 6.1.33, digits from mpmath 1.4.1. */
const AROUND_TWO = [
  0.42278433509846713, 0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986,
  0.0028905103307415234, -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939, 9.945751278180853e-5,
  -4.492623673813314e-5, 2.050721277567069e-5, -9.439488275268397e-6, 4.374866789907488e-6, -2.039215753801366e-6,
  9.55141213040742e-7, -4.492469198764566e-7, 2.1207184805554665e-7, -1.0043224823968099e-7, 4.7698101693639804e-8,
  -2.2711094608943164e-8, 1.0838659214896955e-8, -5.183475041970047e-9, 2.4836745438024785e-9, -1.1921401405860912e-9,
  5.731367241678862e-10, -2.7595228851242334e-10,
] as const

/** log Γ(x) for x > 0 (NaN elsewhere), relative error below 2e-15 everywhere, around its zeros at 1 and 2 too. */
export function lgamma(x: number): number {
  if (!(x > 0)) return NaN
  if (x >= 10) return x === Infinity ? x : (x - 0.5) * log(x) - x + HALF_LOG_TWO_PI + stirlingError(x)
  if (x < 0.5) return aroundOne(x) - log(x)
  if (x < 1.5) return aroundOne(x - 1)
  if (x < 2.5) return aroundTwo(x - 2)
  let y = x
  let product = 1
  while (y >= 2.5) {
    y -= 1
    product *= y
  }
  return aroundTwo(y - 2) + log(product)
}

/** log Γ(1 + t). */
function aroundOne(t: number): number {
  return aroundTwo(t) - log1p(t)
}

/** log Γ(2 + t) for |t| <= 1/2. */
function aroundTwo(t: number): number {
  let series = 0
  for (let k = AROUND_TWO.length - 1; k >= 0; k--) series = series * t + (AROUND_TWO[k] as number)
  return series * t
}

/** log Γ(x) - ((x - 1/2) log x - x + log(2π) / 2): what Stirling's formula leaves, for x > 0. */
export function stirlingError(x: number): number {
  if (x < 10) return lgamma(x) - ((x - 0.5) * log(x) - x + HALF_LOG_TWO_PI)
  const inverse = 1 / (x * x)
  let series = 0
  for (let k = STIRLING.length - 1; k >= 0; k--) series = series * inverse + (STIRLING[k] as number)
  return series / x
}
