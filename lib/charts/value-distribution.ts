import { Chart } from './chart.ts'
import { LogBins } from './log-bins.ts'
import { label, PLAIN } from './marks.ts'
import { requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { count, money, moneyUnit, percent } from './words.ts'

const BINS = new LogBins(8)

/**
 * How spend is spread over customers: a histogram over a logarithmic axis; those who spent nothing are said, not drawn.
 *
 * @param options.values one per customer, in units of the currency
 * Errors: `ReportError` without values, with one that is not finite, or where nobody spent anything.
 */
export function valueDistribution({
  values,
  currency,
  what = 'spend',
}: {
  readonly values: ArrayLike<number>
  readonly currency: string
  readonly what?: string
}): Chart {
  requireNumbers('valueDistribution', values)
  const sorted = Float64Array.from(values).sort().reverse()
  const positive = sorted.filter(each => each > 0)
  requireNumbers('valueDistribution (of customers who spent anything)', positive)
  const total = sorted.reduce((sum, each) => sum + each, 0)
  const top = sorted.slice(0, Math.max(1, Math.round(sorted.length / 10))).reduce((sum, each) => sum + each, 0)
  const median = ((positive[(positive.length - 1) >> 1] as number) + (positive[positive.length >> 1] as number)) / 2
  const spread = 0.98 * Math.sqrt(positive.length)
  const placed = (place: number): number => positive[Math.min(positive.length - 1, Math.max(0, place))] as number
  // order statistics: as many below the median as a coin thrown for each customer says, in 95 of 100 cases
  const [low, high] = [placed(Math.ceil(positive.length / 2 + spread)), placed(Math.floor(positive.length / 2 - spread) - 1)]
  const bins = new Map<number, number>()
  for (const value of positive) {
    const bin = BINS.of(value)
    bins.set(bin, (bins.get(bin) ?? 0) + 1)
  }
  const data = [...bins]
    .sort(([a], [b]) => a - b)
    .map(([bin, customers]) => ({ from: BINS.edge(bin), to: BINS.edge(bin + 1), customers, floor: 0 }))
  const none = sorted.length - positive.length
  return new Chart({
    title: `The top tenth of customers brings ${percent(top / total)} of ${what}`,
    caption: `Customers by ${what}, logarithmic axis; the median is of those who spent anything, shaded its 95% interval.${none > 0 ? ` ${count(none)} (${percent(none / sorted.length)}) spent nothing and are not drawn.` : ''}`,
    alt: `Histogram of ${what} of ${count(sorted.length)} customers: median ${money(median, currency)}, largest ${money(sorted[0] as number, currency)}${none > 0 ? `; ${percent(none / sorted.length)} spent nothing` : ''}`,
    height: 200,
    spec: {
      layer: [
        {
          data: { values: data },
          mark: { type: 'bar', color: COLOURS.main, binSpacing: 1, tooltip: true },
          encoding: {
            x: {
              field: 'from',
              type: 'quantitative',
              scale: { type: 'log' },
              axis: { title: `${what}, ${moneyUnit(currency)}`, format: PLAIN, tickCount: 6, grid: false },
            },
            x2: { field: 'to' },
            y: { field: 'customers', type: 'quantitative', axis: { title: 'customers', tickCount: 5 } },
            y2: { field: 'floor' },
          },
        },
        {
          data: { values: [{ low, high }] },
          mark: { type: 'rect', color: COLOURS.second, opacity: 0.25 },
          encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } },
        },
        {
          data: { values: [{ median }] },
          mark: { type: 'rule', strokeDash: [4, 3], color: COLOURS.second, strokeWidth: 2 },
          encoding: { x: { field: 'median', type: 'quantitative' } },
        },
        {
          data: { values: [{ median }] },
          mark: label({ align: 'left', dx: 6, y: -7 }),
          encoding: { x: { field: 'median', type: 'quantitative' }, text: { value: `median ${money(median, currency)}` } },
        },
      ],
    },
  })
}
