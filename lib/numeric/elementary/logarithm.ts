import { exponentOf, mantissaOf } from './bits.ts'
import { LN2_HIGH, LN2_LOW } from './exponential.ts'

/** The natural logarithm, within 1 ulp; NaN below 0. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return x
  let k = 0
  let y = x
  if (y < 2.2250738585072014e-308) {
    y *= 18014398509481984
    k = -54
  }
  k += exponentOf(y)
  let m = mantissaOf(y)
  if (m > Math.SQRT2) {
    m /= 2
    k += 1
  }
  const f = m - 1
  if (f === 0) return k * LN2_HIGH + k * LN2_LOW
  const s = f / (2 + f)
  const half = 0.5 * f * f
  return k * LN2_HIGH - (half - (s * (half + logTail(s * s)) + k * LN2_LOW) - f)
}

/** (log((1 + s) / (1 - s)) - 2s) / s as a series in z = s², for |s| <= 0.1716. */
function logTail(z: number): number {
  return (
    z *
    (2 / 3 +
      z *
        (2 / 5 +
          z *
            (2 / 7 +
              z *
                (2 / 9 +
                  z * (2 / 11 + z * (2 / 13 + z * (2 / 15 + z * (2 / 17 + z * (2 / 19 + z * (2 / 21 + z * (2 / 23)))))))))))
  )
}

/** log(1 + x) without cancellation near 0, within 2 ulp; NaN below -1. */
export function log1p(x: number): number {
  if (x > -1e-8 && x < 1e-8) return x === 0 ? x : x - (x * x) / 2
  const u = 1 + x
  if (u === Infinity || !(u > 0)) return log(u)
  return log(u) + (x - (u - 1)) / u
}
