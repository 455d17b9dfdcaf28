import { Chart } from './chart.ts'
import { label, PLAIN } from './marks.ts'
import { requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { capital, listed, significant } from './words.ts'

export interface PlottedModel {
  readonly title: string
  /** `baseline` is drawn in a quiet colour. */
  readonly family?: string
  readonly value: number
  /** 95% interval over resampled customers, where there is one. */
  readonly low?: number
  readonly high?: number
  /** Whether the paired difference to the best could be chance. */
  readonly tied?: boolean
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
  const first = sorted[0] as PlottedModel
  const [near, far] = split(sorted)
  const rows = [...near.map(({ title, value }) => ({ title, value })), ...peers].toSorted((a, b) => sign * (a.value - b.value))
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
      // the middle of several lines in the middle of their row
      labelOffset: { expr: "-6 * (length(split(datum.label, ', ')) - 1)" },
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
    title: titleOf(
      sorted,
      measure,
      peers.filter(({ value }) => sign * (value - first.value) < 0),
    ),
    caption: `${capital(measure)}, ${better} is better.${ranged.length > 0 ? ' Lines, and brackets: 95% intervals over resampled customers, of the mean over seeds.' : ''}${baselines ? ' Grey: naive baselines.' : ''}${far.length > 0 ? ` Beyond the axis: ${listed(far.map(({ title, value }) => `${title}, ${digits(value)}`))}.` : ''}${peers.length > 0 ? ' Hollow: published figures of other tools on the same split.' : ''}`,
    alt: `Dots of ${models.length} models by ${measure}: ${sorted
      .slice(0, 4)
      .map(each => `${each.title} ${digits(each.value)}`)
      .join(', ')}`,
    height: Math.max(100, order.length * 30),
    spec: {
      layer: [
        {
          data: { values: ranged.filter(each => near.includes(each)).map(row) },
          mark: { type: 'rule', strokeWidth: 1.5 },
          encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' }, color },
        },
        {
          data: { values: near.map(row) },
          mark: { type: 'point', filled: true, size: 70, opacity: 1, tooltip: true },
          encoding: { y, x, color },
        },
        {
          data: { values: near.map(row) },
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

/** Who is best, and who cannot be told apart from it; and where a figure published elsewhere is better still. */
function titleOf(sorted: readonly PlottedModel[], measure: string, ahead: readonly PlottedPeer[]): string {
  const [first, ...others] = sorted as [PlottedModel, ...PlottedModel[]]
  const tied = others.filter(each => each.tied === true).length
  const best = `${first.title} ${tied > 0 ? 'leads' : 'is best'} by ${measure}: ${digits(first.value)}${first.low === undefined || first.high === undefined ? '' : ` (${digits(first.low)}–${digits(first.high)})`}`
  const apart = tied === 0 ? '' : `, not told apart from ${tied === 1 ? 'one other' : `${tied} others`}`
  const [peer] = ahead
  return `${best}${apart}${peer === undefined ? '' : `; ${peer.title} is published at ${digits(peer.value)}`}`
}

/** Those that are drawn, and the last ones where they lie so far off that nothing else could be told apart, let alone its interval be seen. */
function split(sorted: readonly PlottedModel[]): readonly [near: readonly PlottedModel[], far: readonly PlottedModel[]] {
  const between = (i: number, j: number): number =>
    Math.abs((sorted[i] as PlottedModel).value - (sorted[j] as PlottedModel).value)
  let last = sorted.length
  while (last > 4) {
    const widest = Math.max(...sorted.slice(0, last - 1).map(({ low = 0, high = 0 }) => high - low))
    if (between(last - 1, last - 2) <= Math.max(1.5 * between(last - 2, 0), 4 * widest)) break
    last--
  }
  return [sorted.slice(0, last), sorted.slice(last)]
}

const digits = (value: number): string =>
  Math.abs(value) >= 100 ? value.toLocaleString('en-US', { maximumFractionDigits: 0 }) : value.toFixed(3)
