import { log } from '../elementary/logarithm.ts'

/** B_2k / 2k: Abramowitz and Stegun 6.3.18. */
const DIGAMMA = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12] as const
/** B_2k: Abramowitz and Stegun 6.4.12. */
const TRIGAMMA = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6] as const

/** ψ(x), the derivative of log Γ, for x > 0 (NaN elsewhere); error below 1e-14 (1 + |ψ(x)|). */
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
  for (let k = DIGAMMA.length - 1; k >= 0; k--) series = (series + (DIGAMMA[k] as number)) * inverse
  return shift + log(y) - 0.5 / y - series
}

/** ψ'(x) for x > 0 (NaN elsewhere), relative error below 1e-14. */
export function trigamma(x: number): number {
  if (!(x > 0)) return NaN
  let y = x
  let shift = 0
  while (y < 10) {
    shift += 1 / (y * y)
    y += 1
  }
  const inverse = 1 / (y * y)
  let series = 0
  for (let k = TRIGAMMA.length - 1; k >= 0; k--) series = (series + (TRIGAMMA[k] as number)) * inverse
  return shift + (1 + 0.5 / y + series) / y
}
