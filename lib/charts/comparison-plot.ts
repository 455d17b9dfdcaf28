import { Chart } from './chart.ts'
import { requireData } from './require-data.ts'
import { COLOURS } from './theme.ts'

export interface PlottedModel {
  readonly title: string
  readonly value: number
  /** 95% interval over resampled customers, where there is one. */
  readonly low?: number
  readonly high?: number
}

/** Models by one measure, the best first, with their intervals; figures published elsewhere as hollow marks. */
export function comparisonPlot({ measure, better, models, peers = [] }: {
  readonly measure: string
  readonly better: 'higher' | 'lower'
  readonly models: readonly PlottedModel[]
  readonly peers?: readonly { readonly title: string; readonly value: number }[]
}): Chart {
  requireData('comparisonPlot', models)
  const sign = better === 'higher' ? -1 : 1
  const sorted = models.toSorted((a, b) => sign * (a.value - b.value))
  const [first, second] = sorted as [PlottedModel, PlottedModel | undefined]
  const apart = second === undefined || first.low === undefined || second.high === undefined || first.high === undefined || second.low === undefined || first.low > second.high || first.high < second.low
  const order = [...sorted.map(each => ({ title: each.title, value: each.value })), ...peers].toSorted((a, b) => sign * (a.value - b.value)).map(each => each.title)
  const y = { field: 'title', type: 'nominal', sort: order, axis: { title: null, labelLimit: 260, ticks: false, domain: false, grid: true } }
  return new Chart({
    title: `${first.title} is best by ${measure}: ${digits(first.value)}${apart ? '' : ', though intervals overlap with the next'}`,
    caption: `${measure}, ${better} is better; lines are 95% intervals over resampled customers.${peers.length > 0 ? ' Hollow: published figures of other tools on the same split.' : ''}`,
    alt: `Dots of ${models.length} models by ${measure}: ${sorted.slice(0, 4).map(each => `${each.title} ${digits(each.value)}`).join(', ')}`,
    height: Math.max(100, order.length * 24),
    spec: {
      layer: [
        { data: { values: sorted.filter(each => each.low !== undefined) }, mark: { type: 'rule', strokeWidth: 2, color: COLOURS.main, opacity: 0.6 }, encoding: { y, x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } } },
        { data: { values: sorted }, mark: { type: 'point', filled: true, size: 70, color: COLOURS.main, opacity: 1, tooltip: true }, encoding: { y, x: { field: 'value', type: 'quantitative', scale: { zero: false }, axis: { title: measure, tickCount: 6 } } } },
        ...(peers.length === 0 ? [] : [{ data: { values: peers }, mark: { type: 'point', filled: false, size: 60, color: COLOURS.second, tooltip: true }, encoding: { y, x: { field: 'value', type: 'quantitative' } } }]),
      ],
    },
  })
}

const digits = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(3))
