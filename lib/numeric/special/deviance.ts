import { log1p } from '../elementary/logarithm.ts'

/**
 * x log(x / m) + m - x for x, m > 0, without cancellation where x is near m.
 * Source: Loader (2000), "Fast and accurate computation of binomial probabilities", section 2.
 */
export function deviance(x: number, m: number): number {
  const e = (m - x) / x
  return x * excess(e)
}

/** e - log(1 + e) for e > -1. */
function excess(e: number): number {
  if (!(Math.abs(e) < 0.5)) return e - log1p(e)
  const s = e / (2 + e)
  const z = s * s
  let series = 0
  for (let k = 37; k >= 3; k -= 2) series = series * z + 1 / k
  return e * s - 2 * s * z * series
}
