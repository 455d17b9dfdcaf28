import { expm1, log1p } from '../numeric/index.ts'

/** A probability for `from` days carried over to `to` days, as if equal spans were alike: 1 - (1 - p)^(to / from). */
export function carryProbability(p: number, from: number, to: number): number {
  return p >= 1 ? 1 : -expm1((to / from) * log1p(-p))
}
