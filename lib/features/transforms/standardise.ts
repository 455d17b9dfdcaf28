import { numberIn } from './columns.ts'
import { inPlace, type NumberRule } from './numeric-step.ts'
import type { InPlace } from './step.ts'

/**
 * (value - mean) / sd, sd with divisor n; a column without spread becomes 0. Sums run over sorted values, so row order
 * is nothing.
 */
export const standardiseRule: NumberRule = {
  kind: 'standardise',
  learn: sorted => {
    const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length
    const variance = sorted.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / sorted.length
    const flat = sorted[0] === sorted.at(-1)
    return { mean: flat ? (sorted[0] as number) : mean, sd: flat ? 0 : Math.sqrt(variance) }
  },
  forward: layout => {
    const [mean, sd] = [numberIn(layout, 'mean'), numberIn(layout, 'sd') || 1]
    return value => (value - mean) / sd
  },
  back: layout => {
    const [mean, sd] = [numberIn(layout, 'mean'), numberIn(layout, 'sd') || 1]
    return value => value * sd + mean
  },
}

/** Numeric columns to mean 0 and standard deviation 1, in place. Missing values are left out of the fit and stay missing. */
export function standardise<K extends string>(...columns: readonly K[]): InPlace<K> {
  return inPlace(standardiseRule, columns)
}
