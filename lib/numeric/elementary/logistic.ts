import { exp, expm1 } from './exponential.ts'
import { log1p } from './logarithm.ts'

/** The hyperbolic tangent, within 3 ulp. */
export function tanh(x: number): number {
  if (x === 0 || Number.isNaN(x)) return x
  const size = Math.abs(x)
  const e = size > 20 ? Infinity : expm1(2 * size)
  const value = e === Infinity ? 1 : e / (e + 2)
  return x < 0 ? -value : value
}

/** 1 / (1 + e^-x) without overflow, within 3 ulp. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x))
  const e = exp(x)
  return e / (1 + e)
}

/** log(1 + e^x) without overflow, within 3 ulp. */
export function softplus(x: number): number {
  return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x))
}
