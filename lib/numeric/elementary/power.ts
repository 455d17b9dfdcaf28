import { exponentOf, mantissaOf } from './bits.ts'
import { productError, sumError } from './double-double.ts'
import { expOfSum, LN2_HIGH, LN2_LOW } from './exponential.ts'

/** x^y within 1 ulp, with the special cases of the language's `Math.pow`. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN
  if (y === 1) return x
  if (y === 2) return x * x
  const odd = Math.abs(y) < 9007199254740992 && Number.isInteger(y) && y % 2 !== 0
  if (x === 0 || x === Infinity || x === -Infinity) return powerOfExtreme(x, y, odd)
  if (x > 0) return positivePower(x, y)
  if (!Number.isInteger(y) && Number.isFinite(y)) return NaN
  return odd ? -positivePower(-x, y) : positivePower(-x, y)
}

function powerOfExtreme(x: number, y: number, odd: boolean): number {
  const size = (x === 0) === y > 0 ? 0 : Infinity
  return odd && (x < 0 || Object.is(x, -0)) ? -size : size
}

/** exp(y log x) with the logarithm and the product carried to about twice the digits. */
function positivePower(x: number, y: number): number {
  if (x === 1) return Number.isFinite(y) ? 1 : NaN
  if (Math.abs(y) > 1e22) return x > 1 === y > 0 ? Infinity : 0
  const high = preciseLog(x)
  const product = y * high
  return expOfSum(product, Math.abs(product) > 1000 ? 0 : productError(y, high, product) + y * rest)
}

const TWO_THIRDS = 2 / 3
const TWO_THIRDS_REST = 3.700743415417188e-17

/** What the last `preciseLog` left over: the logarithm is the returned number plus this. */
let rest = 0

/** log x for finite x > 0, other than 1, with a relative error below 2^-64 (the returned number and `rest` together). */
function preciseLog(x: number): number {
  const subnormal = x < 2.2250738585072014e-308
  const scaled = subnormal ? x * 18014398509481984 : x
  let k = exponentOf(scaled) - (subnormal ? 54 : 0)
  let m = mantissaOf(scaled)
  if (m > Math.SQRT2) {
    m /= 2
    k += 1
  }
  // s = (m - 1) / (m + 1), and log m = 2s + s³ (2/3 + 2/5 s² + …)
  const f = m - 1
  const d = m + 1
  const dRest = sumError(m, 1, d)
  const s = f / d
  const p = s * d
  const sRest = (f - p - productError(s, d, p) - s * dRest) / d
  const z = s * s
  const zRest = productError(s, s, z) + 2 * s * sRest
  const t = z * logTail(z)
  const c = TWO_THIRDS + t
  const cRest = TWO_THIRDS - c + t + TWO_THIRDS_REST
  const zc = z * c
  const zcRest = productError(z, c, zc) + z * cRest + zRest * c
  const cube = s * zc
  const cubeRest = productError(s, zc, cube) + s * zcRest + sRest * zc
  const whole = k * LN2_HIGH
  const a = whole + 2 * s
  const aRest = sumError(whole, 2 * s, a)
  const b = a + cube
  const bRest = sumError(a, cube, b) + aRest + cubeRest + 2 * sRest + k * LN2_LOW
  const sum = b + bRest
  rest = b - sum + bRest
  return sum
}

/** 2/5 + 2/7 z + 2/9 z² + … for 0 <= z <= 0.0295. */
function logTail(z: number): number {
  return (
    2 / 5 +
    z *
      (2 / 7 +
        z *
          (2 / 9 +
            z *
              (2 / 11 +
                z *
                  (2 / 13 +
                    z * (2 / 15 + z * (2 / 17 + z * (2 / 19 + z * (2 / 21 + z * (2 / 23 + z * (2 / 25 + z * (2 / 27)))))))))))
  )
}
