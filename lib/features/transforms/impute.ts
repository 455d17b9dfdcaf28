import { UsageError } from '../../errors/index.ts'
import { numberIn, quantile } from './columns.ts'
import { inPlace, type NumberRule } from './numeric-step.ts'
import type { InPlace } from './step.ts'

type Fill = 'median' | 'mean' | number

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

const rule = (fill: Fill): NumberRule => ({
  kind: 'impute',
  learn: sorted => ({ fill: fill === 'median' ? quantile(sorted, 0.5) : fill === 'mean' ? meanOf(sorted) : fill }),
  forward: layout => {
    const known = numberIn(layout, 'fill')
    return value => (Number.isNaN(value) ? known : value)
  },
  back: () => value => value,
})

export const imputeRule: NumberRule = rule('median')

/** Missing numbers to the median or the mean of the fitted table, or to a number given, in place. The inverse leaves them filled. */
export function impute<K extends string>(columns: K | readonly K[], fill: Fill = 'median'): InPlace<K> {
  if (typeof fill === 'number' && !Number.isFinite(fill)) {
    throw new UsageError({ code: 'bad-fill', what: `impute was given ${fill} to fill with`, remedy: 'give a finite number' })
  }
  return inPlace(rule(fill), (typeof columns === 'string' ? [columns] : columns) as readonly K[])
}
