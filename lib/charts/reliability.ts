import type { CalibrationGroup } from '../metrics/index.ts'
import { Chart } from './chart.ts'
import { guideLine } from './marks.ts'
import { requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { wilson } from './wilson.ts'
import { count, percent, significant } from './words.ts'

/**
 * Whether probabilities mean what they say: in groups of like probability, the mean said against the share that returned, with 95%
 * intervals (Wilson 1927) of that share.
 * Errors: `ReportError` without groups, or with numbers that are not finite.
 */
export function reliability({ model, groups }: { readonly model: string; readonly groups: readonly CalibrationGroup[] }): Chart {
  requireNumbers(
    'reliability',
    groups.map(each => each.customers),
    groups.map(each => each.predicted),
    groups.map(each => each.actual),
  )
  const customers = groups.reduce((sum, each) => sum + each.customers, 0)
  const mean = (of: (group: CalibrationGroup) => number): number =>
    groups.reduce((sum, each) => sum + of(each) * each.customers, 0) / customers
  const off = mean(({ predicted, actual }) => Math.abs(predicted - actual))
  const bias = mean(({ predicted, actual }) => predicted - actual)
  const data = groups.map(({ customers, predicted, actual }) => {
    const [low, high] = wilson(actual, customers)
    return {
      predicted: significant(predicted),
      actual: significant(actual),
      customers,
      low: significant(low),
      high: significant(high),
    }
  })
  // what chance moves the sum of all groups by, and, were the model right, the mean distance
  const errors = groups.map(
    group => (Math.sqrt((group.actual * (1 - group.actual)) / group.customers) * group.customers) / customers,
  )
  const half = 1.96 * Math.sqrt(errors.reduce((sum, each) => sum + each * each, 0))
  const luck = Math.sqrt(2 / Math.PI) * errors.reduce((sum, each) => sum + each, 0)
  const points = (share: number): string => `${(share * 100).toFixed(1)} points`
  const axis = (title: string) => ({ title, format: '%', tickCount: 5 })
  const x = { field: 'predicted', type: 'quantitative', scale: { domain: [0, 1] }, axis: axis('mean probability said') }
  return new Chart({
    title: `${model} is off by ${points(off)} of probability on average${Math.abs(bias) > 0.01 ? `, ${points(Math.abs(bias))} (± ${(half * 100).toFixed(1)}) too ${bias > 0 ? 'high' : 'low'} over all` : ''}`,
    caption: `${groups.length} groups of customers by their probability of returning; lines, and ±, are 95% intervals over the choice of customers. Were each group right, chance alone would leave ${points(luck)} on average. On the dashed diagonal, what is said is what happens.`,
    alt: `Dots of ${groups.length} groups, ${count(customers)} customers: ${groups
      .filter((_, i) => i === 0 || i === groups.length - 1)
      .map(each => `said ${percent(each.predicted)}, happened ${percent(each.actual)}`)
      .join('; ')}`,
    height: 300,
    spec: {
      layer: [
        guideLine([0, 0], [1, 1]),
        {
          data: { values: data },
          mark: { type: 'rule', color: COLOURS.main, strokeWidth: 1.5 },
          encoding: { x, y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } },
        },
        {
          data: { values: data },
          mark: { type: 'point', filled: true, size: 60, opacity: 1, color: COLOURS.main, tooltip: true },
          encoding: {
            x,
            y: { field: 'actual', type: 'quantitative', scale: { domain: [0, 1] }, axis: axis('share that returned') },
          },
        },
      ],
    },
  })
}
