import { log, pow } from '../numeric/index.ts'
import { Chart } from './chart.ts'
import { requireData } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { money, moneyUnit, percent } from './words.ts'

/** How spend is spread over customers: a histogram over a logarithmic axis; those who spent nothing are said, not drawn. */
export function valueDistribution({ values, currency, what = 'spend' }: { readonly values: ArrayLike<number>; readonly currency: string; readonly what?: string }): Chart {
  requireData('valueDistribution', values)
  const sorted = Float64Array.from(values).sort().reverse()
  const total = sorted.reduce((sum, each) => sum + each, 0)
  const top = sorted.slice(0, Math.max(1, Math.round(sorted.length / 10))).reduce((sum, each) => sum + each, 0)
  const positive = sorted.filter(each => each > 0)
  const median = positive[positive.length >> 1] ?? 0
  const bins = new Map<number, number>()
  for (const value of positive) {
    const bin = Math.floor((log(value) / Math.LN10) * 8)
    bins.set(bin, (bins.get(bin) ?? 0) + 1)
  }
  const data = [...bins].sort(([a], [b]) => a - b).map(([bin, customers]) => ({ from: pow(10, bin / 8), to: pow(10, (bin + 1) / 8), customers }))
  return new Chart({
    title: `The top tenth of customers brings ${percent(top / total)} of ${what}`,
    caption: `Customers by ${what}, logarithmic axis; the rule marks the median of those who spent anything.${positive.length < sorted.length ? ` ${percent(1 - positive.length / sorted.length)} spent nothing and are not drawn.` : ''}`,
    alt: `Histogram of ${what} of ${sorted.length} customers: median ${money(median, currency)}, largest ${money(sorted[0] ?? 0, currency)}`,
    height: 200,
    spec: {
      layer: [
        {
          data: { values: data },
          mark: { type: 'bar', color: COLOURS.main, binSpacing: 1, tooltip: true },
          encoding: {
            x: { field: 'from', type: 'quantitative', scale: { type: 'log' }, axis: { title: `${what}, ${moneyUnit(currency)}`, format: '~s', tickCount: 6, grid: false } },
            x2: { field: 'to' },
            y: { field: 'customers', type: 'quantitative', axis: { title: 'customers', tickCount: 5 } },
          },
        },
        { data: { values: [{ median }] }, mark: { type: 'rule', strokeDash: [4, 3], color: COLOURS.second, strokeWidth: 2 }, encoding: { x: { field: 'median', type: 'quantitative' } } },
      ],
    },
  })
}
