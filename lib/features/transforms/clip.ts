import { UsageError } from '../../errors/index.ts'
import { numberIn, quantile } from './columns.ts'
import { inPlace, type NumberRule } from './numeric-step.ts'
import type { InPlace } from './step.ts'

const rule = (lower: number, upper: number): NumberRule => ({
  kind: 'clip',
  learn: sorted => ({ low: quantile(sorted, lower), high: quantile(sorted, upper) }),
  forward: layout => {
    const [low, high] = [numberIn(layout, 'low'), numberIn(layout, 'high')]
    return value => (Number.isNaN(value) ? NaN : Math.min(high, Math.max(low, value)))
  },
  back: () => value => value,
})

export const clipRule: NumberRule = rule(0.01, 0.99)

/**
 * Values beyond two quantiles of the fitted table to those quantiles, in place. What was clipped cannot be brought back: the
 * inverse leaves values as they are. Missing values stay missing.
 *
 * @param options.lower, options.upper quantiles in [0, 1]; .01 and .99 unless given
 */
export function clip<K extends string>(
  columns: K | readonly K[],
  { lower = 0.01, upper = 0.99 }: { readonly lower?: number; readonly upper?: number } = {},
): InPlace<K> {
  if (!(lower >= 0 && lower < upper && upper <= 1)) {
    throw new UsageError({
      code: 'bad-quantiles',
      what: `clip was given the quantiles ${lower} and ${upper}`,
      remedy: 'give 0 <= lower < upper <= 1',
    })
  }
  return inPlace(rule(lower, upper), (typeof columns === 'string' ? [columns] : columns) as readonly K[])
}
