import { expm1, log1p as naturalLog1p } from '../../numeric/index.ts'
import { inPlace, type NumberRule } from './numeric-step.ts'
import type { InPlace } from './step.ts'

/** sign(value) log(1 + |value|): odd, so that net values below zero have a place too. Learns nothing. */
export const log1pRule: NumberRule = {
  kind: 'log1p',
  learn: () => ({}),
  forward: () => value => (value < 0 ? -naturalLog1p(-value) : naturalLog1p(value)),
  back: () => value => (value < 0 ? -expm1(-value) : expm1(value)),
}

/** Numeric columns with long tails (money, counts) to a signed log(1 + x), in place. Missing values stay missing. */
export function log1p<K extends string>(...columns: readonly K[]): InPlace<K> {
  return inPlace(log1pRule, columns)
}
