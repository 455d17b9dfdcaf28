/**
 * @file Elementary functions in plain arithmetic. The language leaves the last bits of `Math.exp` and its kin to the host, and
 * hosts differ; these use only +, -, *, / and exact scaling by powers of two, so they give the same bits everywhere.
 */

const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)
const LITTLE = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1
const HIGH = LITTLE ? 1 : 0

const LN2_HIGH = 6.93147180369123816490e-1
const LN2_LOW = 1.90821492927058770002e-10
const INVERSE_LN2 = 1.44269504088896338700

/** 2^k for an integer k, exact; 0 below and Infinity above the range of doubles. */
export function exp2i(k: number): number {
  if (k > 1023) return Infinity
  if (k < -1074) return 0
  if (k < -1022) return exp2i(k + 60) * 8.673617379884035e-19
  words[HIGH] = (k + 1023) << 20
  words[1 - HIGH] = 0
  return float[0] as number
}

/** e^x, within 1 ulp. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x
  if (x > 709.782712893384) return Infinity
  if (x < -745.1332191019412) return 0
  const k = Math.round(x * INVERSE_LN2)
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW
  const r = high - low
  const tail = high - r - low
  const value = 1 + (r + (tail + r * r * expTail(r)))
  if (k > 1023) return value * 2 * exp2i(k - 1)
  if (k < -1021) return value * exp2i(k + 64) * 5.421010862427522e-20
  return value * exp2i(k)
}

/** (e^r - 1 - r) / r² for |r| <= ln 2 / 2, its Taylor series. */
function expTail(r: number): number {
  return (
    1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040 + r * (1 / 40320 + r * (1 / 362880 +
    r * (1 / 3628800 + r * (1 / 39916800 + r * (1 / 479001600 + r * (1 / 6227020800))))))))))))
}

/** e^x - 1, without cancellation near 0. */
export function expm1(x: number): number {
  if (x > -0.34 && x < 0.34) return x + x * x * expTail(x)
  return exp(x) - 1
}

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
  float[0] = y
  k += ((words[HIGH] as number) >>> 20) - 1023
  words[HIGH] = ((words[HIGH] as number) & 0xfffff) | 0x3ff00000
  let m = float[0] as number
  if (m > 1.4142135623730951) {
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
    z * (2 / 3 + z * (2 / 5 + z * (2 / 7 + z * (2 / 9 + z * (2 / 11 + z * (2 / 13 + z * (2 / 15 + z * (2 / 17 +
    z * (2 / 19 + z * (2 / 21 + z * (2 / 23)))))))))))
  )
}

/** log(1 + x), without cancellation near 0. */
export function log1p(x: number): number {
  if (x > -1e-8 && x < 1e-8) return x - (x * x) / 2
  const u = 1 + x
  if (u === Infinity || !(u > 0)) return log(u)
  return log(u) + (x - (u - 1)) / u
}

/**
 * x^y. Integer powers up to 64 by repeated squaring; else exp(y log x), whose relative error grows as
 * |y log x| · 2^-53.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1
  if (Number.isInteger(y) && y >= -64 && y <= 64) {
    const power = integerPower(x, y < 0 ? -y : y)
    return y < 0 ? 1 / power : power
  }
  if (x < 0) return Number.isInteger(y) ? (y % 2 === 0 ? 1 : -1) * exp(y * log(-x)) : NaN
  if (x === 0) return y > 0 ? 0 : Infinity
  return exp(y * log(x))
}

function integerPower(base: number, exponent: number): number {
  let result = 1
  let square = base
  for (let n = exponent; n > 0; n >>>= 1) {
    if ((n & 1) === 1) result *= square
    square *= square
  }
  return result
}

const PI_2_HIGH = 1.57079632673412561417
const PI_2_MIDDLE = 6.07710050630396597660e-11
const PI_2_LOW = 2.02226624879595063154e-21

/** sin x for |x| up to 2^20 or so (angles of seasons and of normal draws). */
export function sin(x: number): number {
  return quadrant(x, 0)
}

/** cos x, likewise. */
export function cos(x: number): number {
  return quadrant(x, 1)
}

function quadrant(x: number, shift: number): number {
  const k = Math.round(x / 1.5707963267948966)
  const r = x - k * PI_2_HIGH - k * PI_2_MIDDLE - k * PI_2_LOW
  const z = r * r
  switch ((((k + shift) % 4) + 4) % 4) {
    case 0:
      return sinSeries(r, z)
    case 1:
      return cosSeries(z)
    case 2:
      return -sinSeries(r, z)
    default:
      return -cosSeries(z)
  }
}

function sinSeries(r: number, z: number): number {
  return r - r * z * (1 / 6 - z * (1 / 120 - z * (1 / 5040 - z * (1 / 362880 - z * (1 / 39916800 - z * (1 / 6227020800 - z / 1307674368000))))))
}

function cosSeries(z: number): number {
  return 1 - z * (1 / 2 - z * (1 / 24 - z * (1 / 720 - z * (1 / 40320 - z * (1 / 3628800 - z * (1 / 479001600 - z / 87178291200))))))
}

/** The hyperbolic tangent. */
export function tanh(x: number): number {
  if (x > 20) return 1
  if (x < -20) return -1
  const e = expm1(2 * x)
  return e / (e + 2)
}

/** 1 / (1 + e^-x), without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x))
  const e = exp(x)
  return e / (1 + e)
}

/** log(1 + e^x), without overflow. */
export function softplus(x: number): number {
  return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x))
}
