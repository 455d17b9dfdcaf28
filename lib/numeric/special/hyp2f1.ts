import { exp } from '../elementary/exponential.ts'
import { log1p } from '../elementary/logarithm.ts'

const TERMS = 200_000
/** Up to here the power series is used; beyond it, expansions that creep up on the singularity at 1. */
const NEAR_ONE = 0.8

/**
 * The Gauss hypergeometric function ₂F₁(a, b; c; z) for real parameters and z < 1; NaN at z >= 1, at c = 0, -1, -2, …, and
 * where nothing settles. Negative z by Pfaff's transformation (Abramowitz and Stegun 15.3.4), small z by the power series
 * (15.1.1), z near 1 by Taylor expansions of the differential equation (15.5.1), each half way to 1 from the last: no
 * parameter is degenerate there. Source: Pearson, Olver, Porter (2017), "Numerical methods for the computation of the
 * confluent and Gauss hypergeometric functions", sections 4.2 and 4.8.
 */
export function hyp2f1(a: number, b: number, c: number, z: number): number {
  if (!(z < 1) || (c <= 0 && Number.isInteger(c))) return NaN
  if (z < 0) return exp(-a * log1p(-z)) * hyp2f1(a, c - b, c, z / (z - 1))
  if (z <= NEAR_ONE) return powerSeries(a, b, c, z)
  let at = NEAR_ONE
  let value = powerSeries(a, b, c, at)
  let slope = ((a * b) / c) * powerSeries(a + 1, b + 1, c + 1, at)
  while (at < z) {
    const next = z - at <= (1 - at) / 2 ? z : at + (1 - at) / 2
    ;[value, slope] = step(a, b, c, at, next - at, value, slope)
    at = next
  }
  return value
}

function powerSeries(a: number, b: number, c: number, z: number): number {
  let term = 1
  let sum = 1
  for (let n = 0; n < TERMS; n++) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z
    sum += term
    if (Math.abs(term) <= 1e-17 * Math.abs(sum) && n > -c) return sum
  }
  return NaN
}

/** The solution with this value and slope at z, expanded there and evaluated at z + h: its value and slope. */
function step(a: number, b: number, c: number, z: number, h: number, value: number, slope: number): [number, number] {
  const around = z * (1 - z)
  let [previous, current] = [value, slope * h]
  let [sum, slopeSum] = [previous + current, current]
  let small = 0
  for (let k = 0; k < TERMS; k++) {
    const first = (1 - 2 * z) * k + c - (a + b + 1) * z
    const next = (((k + a) * (k + b) * h * previous) / (k + 1) - first * current) * (h / (around * (k + 2)))
    ;[previous, current] = [current, next]
    sum += next
    slopeSum += (k + 2) * next
    small = Math.abs(next) * (k + 2) <= 1e-17 * Math.abs(slopeSum) && Math.abs(next) <= 1e-17 * Math.abs(sum) ? small + 1 : 0
    if (small === 3) return [sum, slopeSum / h]
  }
  return [NaN, NaN]
}
