import { numberIn, quantile } from './columns.ts'
import { inPlace, type NumberRule } from './numeric-step.ts'
import type { InPlace } from './step.ts'

/** A range below this share of the largest value is no scale, but rounding. */
const NEGLIGIBLE = 1e-12

/** (value - median) / interquartile range; where the quartiles coincide the range is 1, so the value is only shifted. */
export const robustScaleRule: NumberRule = {
  kind: 'robust-scale',
  learn: sorted => {
    const range = quantile(sorted, 0.75) - quantile(sorted, 0.25)
    const size = Math.max(Math.abs(sorted[0] as number), Math.abs(sorted.at(-1) as number))
    return { median: quantile(sorted, 0.5), range: range > NEGLIGIBLE * size ? range : 0 }
  },
  forward: layout => {
    const [median, range] = [numberIn(layout, 'median'), numberIn(layout, 'range') || 1]
    return value => (value - median) / range
  },
  back: layout => {
    const [median, range] = [numberIn(layout, 'median'), numberIn(layout, 'range') || 1]
    return value => value * range + median
  },
}

/** Numeric columns by median and quartiles, in place: outliers do not move the scale. Missing values stay missing. */
export function robustScale<K extends string>(...columns: readonly K[]): InPlace<K> {
  return inPlace(robustScaleRule, columns)
}
