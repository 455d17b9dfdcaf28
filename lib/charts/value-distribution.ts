import { Chart } from './chart.ts'
import { LogBins } from './log-bins.ts'
import { label, PLAIN } from './marks.ts'
import { medianInterval } from './median-interval.ts'
import { ratioInterval } from './ratio-interval.ts'
import { requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { wilson } from './wilson.ts'
import { count, money, moneyUnit, percent, percentRange, significant } from './words.ts'

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
  const top = topShare(sorted)
  const { median, low, high } = medianInterval(positive.toReversed())
  const bins = new Map<number, number>()
  for (const value of positive) {
    const bin = BINS.of(value)
    bins.set(bin, (bins.get(bin) ?? 0) + 1)
  }
  const data = [...bins]
    .sort(([a], [b]) => a - b)
    .map(([bin, customers]) => {
      const ends = wilson(customers / sorted.length, sorted.length).map(share => significant(share * sorted.length))
      const [from, middle, to] = [BINS.edge(bin), BINS.edge(bin + 0.5), BINS.edge(bin + 1)]
      return { from, middle, to, customers, floor: 0, low: ends[0], high: ends[1] }
    })
  const none = sorted.length - positive.length
  return new Chart({
    title: `The top tenth of customers brings ${percent(top.share)} (${percentRange(top.interval)}) of ${what}`,
    caption: `Customers by ${what}, logarithmic axis; the median is of those who spent anything. Shaded, on each bar, and in brackets: 95% intervals over the choice of customers.${none > 0 ? ` ${count(none)} (${percent(none / sorted.length)}) spent nothing and are not drawn.` : ''}`,
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
          data: { values: data.map(({ middle, low, high }) => ({ middle, low, high })) },
          mark: { type: 'rule', strokeWidth: 1 },
          encoding: {
            x: { field: 'middle', type: 'quantitative' },
            y: { field: 'low', type: 'quantitative' },
            y2: { field: 'high' },
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

/**
 * What the first tenth of descending values is of their sum, with its 95% interval. Where the tenth ends is drawn with the customers, too: one more of them above that
 * value `q` pushes another out, so that what each adds to the top is `max(0, value - q) + q / 10` (the influence on a Lorenz curve: Cowell and Victoria-Feser 1996).
 */
function topShare(descending: Float64Array): { readonly share: number; readonly interval: readonly [number, number] } {
  const first = Math.max(1, Math.round(descending.length / 10))
  const sum = (values: Float64Array): number => values.reduce((total, each) => total + each, 0)
  const q = descending[first - 1] as number
  const { interval } = ratioInterval(
    descending.map(value => Math.max(0, value - q) + (q * first) / descending.length),
    descending,
  )
  return { share: sum(descending.slice(0, first)) / sum(descending), interval: [interval[0], Math.min(1, interval[1])] }
}
