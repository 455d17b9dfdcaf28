import { exponentOf, mantissaOf } from './bits.ts'
import { sumError } from './double-double.ts'

/** π/2 in three pieces; the first two have 33 bits, so that their products with k < 2^20 are exact. */
const HALF_PI_HIGH = 1.5707963267341256
const HALF_PI_MIDDLE = 6.077100506303966e-11
const HALF_PI_LOW = 2.0222662487959506e-21

/** An angle as k quarter turns (mod 4) and what is left, within ±π/4: `left` plus the far smaller `rest`. */
export const reduced = { quarter: 0, left: 0, rest: 0 }

/** Writes the angle x into `reduced`; NaN and infinities leave NaN. Exact to the last places at any size. */
export function reduceAngle(x: number): void {
  if (!(Math.abs(x) > 0.7853981633974483)) return set(0, x, 0)
  if (Math.abs(x) > 1e6) return reduceLarge(x)
  const k = Math.round(x / 1.5707963267948966)
  const first = x - k * HALF_PI_HIGH
  const middle = k * HALF_PI_MIDDLE
  const second = first - middle
  const low = k * HALF_PI_LOW
  const error = sumError(first, -middle, second) - low
  const left = second + error
  if (Math.abs(left) < 32 * Math.abs(low)) return reduceLarge(x)
  set(((k % 4) + 4) % 4, left, second - left + error)
}

function set(quarter: number, left: number, rest: number): void {
  reduced.quarter = quarter
  reduced.left = left
  reduced.rest = rest
}

/** 2/π · 2^1200, rounded down: enough bits for the largest double (Payne and Hanek 1983). */
const TWO_OVER_PI = BigInt(
  '0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe' +
    '1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f11' +
    '8b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc' +
    '7b',
)
const POINT = 1200n
const WINDOW = 200n
/** π/2 · 2^200, rounded down. */
const HALF_PI = BigInt('0x1921fb54442d18469898cc51701b839a252049c1114cf98e804')
const UNIT = 6.223015277861142e-61

/** The same by whole-number arithmetic: slow, and right for every double. */
function reduceLarge(x: number): void {
  const size = Math.abs(x)
  if (!(size < Infinity)) return set(0, NaN, 0)
  const exponent = exponentOf(size) - 52
  const digits = BigInt(mantissaOf(size) * 4503599627370496) * TWO_OVER_PI
  const turns = exponent >= 0 ? digits << BigInt(exponent) : digits >> BigInt(-exponent)
  const half = 1n << (POINT - 1n)
  const quarter = Number(((turns + half) >> POINT) & 3n)
  const fraction = ((turns + half) & ((1n << POINT) - 1n)) - half
  const angle = ((fraction >> (POINT - WINDOW)) * HALF_PI) >> WINDOW
  const whole = Number(angle)
  const left = whole * UNIT
  const rest = Number(angle - BigInt(whole)) * UNIT
  if (x > 0) set(quarter, left, rest)
  else set((4 - quarter) % 4, -left, -rest)
}
