import { Chart } from './chart.ts'
import { label, PLAIN } from './marks.ts'
import { requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { capital, significant } from './words.ts'

export interface PlottedModel {
  readonly title: string
  /** `baseline` is drawn in a quiet colour. */
  readonly family?: string
  readonly value: number
  /** 95% interval over resampled customers, where there is one. */
  readonly low?: number
  readonly high?: number
}

export interface PlottedPeer {
  readonly title: string
  readonly value: number
}

/**
 * Models by one measure, the best first, with their intervals; figures published elsewhere as hollow marks, in the row of the model
 * that has the same title or in a row of their own.
 * Errors: `ReportError` without models, or with values that are not finite.
 */
export function comparisonPlot({
  measure,
  better,
  models,
  peers = [],
}: {
  readonly measure: string
  readonly better: 'higher' | 'lower'
  readonly models: readonly PlottedModel[]
  readonly peers?: readonly PlottedPeer[]
}): Chart {
  const ranged = models.filter(each => each.low !== undefined && each.high !== undefined) as readonly Required<PlottedModel>[]
  requireNumbers(
    'comparisonPlot',
    models.map(each => each.value),
  )
  for (const values of [ranged.map(each => each.low), ranged.map(each => each.high), peers.map(each => each.value)])
    if (values.length > 0) requireNumbers('comparisonPlot', values)
  const sign = better === 'higher' ? -1 : 1
  const sorted = models.toSorted((a, b) => sign * (a.value - b.value))
  const [first, second] = sorted as [PlottedModel, PlottedModel | undefined]
  const rows = [...sorted.map(({ title, value }) => ({ title, value })), ...peers].toSorted((a, b) => sign * (a.value - b.value))
  const order = [...new Set(rows.map(each => each.title))]
  const y = {
    field: 'title',
    type: 'nominal',
    sort: order,
    axis: {
      title: null,
      labelLimit: 300,
      labelPadding: 8,
      labelExpr: "split(datum.label, ', ')",
      labelLineHeight: 12,
      ticks: false,
      domain: false,
      grid: true,
    },
  }
  const x = {
    field: 'value',
    type: 'quantitative',
    scale: { zero: false, padding: 12 },
    axis: { title: capital(measure), format: PLAIN, tickCount: 6 },
  }
  const color = { condition: { test: "datum.family === 'baseline'", value: COLOURS.quiet }, value: COLOURS.main }
  const row = ({ title, family = '', value, low, high }: PlottedModel) => ({
    title,
    family,
    value: significant(value),
    text: digits(value),
    ...(low === undefined || high === undefined ? {} : { low: significant(low), high: significant(high) }),
  })
  const baselines = models.some(each => each.family === 'baseline')
  return new Chart({
    title: `${first.title} is best by ${measure}: ${digits(first.value)}${overlap(first, second) ? ', though intervals overlap with the next' : ''}`,
    caption: `${capital(measure)}, ${better} is better.${ranged.length > 0 ? ' Lines are 95% intervals over resampled customers.' : ''}${baselines ? ' Grey: naive baselines.' : ''}${peers.length > 0 ? ' Hollow: published figures of other tools on the same split.' : ''}`,
    alt: `Dots of ${models.length} models by ${measure}: ${sorted
      .slice(0, 4)
      .map(each => `${each.title} ${digits(each.value)}`)
      .join(', ')}`,
    height: Math.max(100, order.length * 30),
    spec: {
      layer: [
        {
          data: { values: ranged.map(row) },
          mark: { type: 'rule', strokeWidth: 2, opacity: 0.6 },
          encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' }, color },
        },
        {
          data: { values: sorted.map(row) },
          mark: { type: 'point', filled: true, size: 70, opacity: 1, tooltip: true },
          encoding: { y, x, color },
        },
        {
          data: { values: sorted.map(row) },
          mark: label({ dy: -10, fontSize: 10 }),
          encoding: { y, x, text: { field: 'text', type: 'nominal' } },
        },
        ...(peers.length === 0
          ? []
          : [
              {
                data: { values: peers.map(row) },
                mark: { type: 'point', filled: false, size: 70, strokeWidth: 2, color: COLOURS.second, tooltip: true },
                encoding: { y, x },
              },
            ]),
      ],
    },
  })
}

/** Whether what is between two models could be chance, as far as intervals of each alone can tell. */
function overlap(first: PlottedModel, second: PlottedModel | undefined): boolean {
  const [a, b] = [
    [first.low, first.high],
    [second?.low, second?.high],
  ] as const
  return a[0] !== undefined && a[1] !== undefined && b[0] !== undefined && b[1] !== undefined && a[0] <= b[1] && a[1] >= b[0]
}

const digits = (value: number): string =>
  Math.abs(value) >= 100 ? value.toLocaleString('en-US', { maximumFractionDigits: 0 }) : value.toFixed(3)
