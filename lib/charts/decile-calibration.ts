import type { Decile, DecileIntervals, Interval } from '../metrics/index.ts'
import { Chart } from './chart.ts'
import { label, PLAIN } from './marks.ts'
import { requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { money, moneyUnit, percent, percentRange, significant } from './words.ts'

/** Of the plot, in pixels. */
const HEIGHT = 220
/** Pixels from the middle of a name to that of the next one, or to a bar. */
const APART = 15
/** How many groups a name may reach over on the narrowest page. */
const REACH = 4
const COLOUR = { domain: ['predicted', 'actual'], range: [COLOURS.main, COLOURS.second] }

/** A decile, with the standard error of its actual mean where it is known. */
export type DrawnDecile = Omit<Decile, 'error'> & Partial<Pick<Decile, 'error'>>

/**
 * Mean predicted and mean actual spend in ten equal groups by prediction.
 *
 * @param options.intervals where means and the total could also lie, as `decileIntervals` says; without them, what was spent carries its standard error alone
 * @param options.runs of how many seeds the intervals are; the bars are those of the first
 * Errors: `ReportError` without groups, or with a mean that is not finite.
 */
export function decileCalibration({
  model,
  deciles,
  currency,
  intervals,
  runs = 1,
}: {
  readonly model: string
  readonly deciles: readonly DrawnDecile[]
  readonly currency: string
  readonly intervals?: DecileIntervals | undefined
  readonly runs?: number
}): Chart {
  requireNumbers(
    'decileCalibration',
    deciles.map(each => each.customers),
    deciles.map(each => each.predicted),
    deciles.map(each => each.actual),
  )
  const predicted = deciles.reduce((sum, each) => sum + each.predicted * each.customers, 0)
  const actual = deciles.reduce((sum, each) => sum + each.actual * each.customers, 0)
  const off = predicted / actual - 1
  const first = deciles[0] as DrawnDecile
  const data = deciles.flatMap((each, i) => [
    { decile: i + 1, what: 'predicted', spend: significant(each.predicted) },
    { decile: i + 1, what: 'actual', spend: significant(each.actual) },
  ])
  const ranges = deciles.flatMap((decile, i) =>
    (['predicted', 'actual'] as const).flatMap(what => {
      const interval = intervals === undefined ? byError(decile, what) : intervals.groups[i]?.[what]
      return interval === undefined
        ? []
        : [{ decile: i + 1, what, low: significant(interval.low), high: significant(interval.high) }]
    }),
  )
  const sure =
    intervals === undefined || actual <= 0
      ? ''
      : ` (${percentRange([intervals.total.low, intervals.total.high])} of what was spent)`
  const total =
    actual <= 0
      ? `${money(predicted, currency)} where nothing was spent`
      : Math.abs(off) < 0.02
        ? 'the total within 2%'
        : `${percent(Math.abs(off))} too ${off > 0 ? 'much' : 'little'} in total`
  const said =
    intervals === undefined
      ? ' Lines are 95% intervals of what the group’s customers spent on average.'
      : ` Lines, and brackets: 95% intervals over resampled customers${runs > 1 ? ` and ${runs} seeds, the bars being the first's` : ''}, each resample cut into ten groups of its own.`
  const { labels, top } = names(data, ranges)
  const x = {
    field: 'decile',
    type: 'ordinal',
    axis: { title: 'decile of the prediction (1: highest)', labelAngle: 0, ticks: false },
  }
  const xOffset = { field: 'what', sort: ['predicted', 'actual'], scale: { domain: ['predicted', 'actual'] } }
  const y = {
    type: 'quantitative',
    scale: { domain: [0, top], nice: false },
    axis: { title: `mean spend, ${moneyUnit(currency)}`, format: PLAIN, tickCount: 5 },
  }
  return new Chart({
    title: `${model} predicts ${total}${sure}`,
    caption:
      'Ten equal groups of customers, the highest predictions first. Bars of one height in each pair would be perfect.' +
      (ranges.length > 0 ? said : ''),
    alt: `Pairs of bars by decile: the first decile was predicted at ${money(first.predicted, currency)} and spent ${money(first.actual, currency)} on average`,
    height: HEIGHT,
    spec: {
      layer: [
        {
          data: { values: data },
          mark: { type: 'bar', tooltip: true },
          encoding: {
            x,
            xOffset,
            y: { ...y, field: 'spend' },
            color: { field: 'what', type: 'nominal', scale: COLOUR, legend: null },
          },
        },
        ...(ranges.length === 0
          ? []
          : [
              {
                data: { values: ranges },
                mark: { type: 'rule', strokeWidth: 1.5 },
                encoding: { x, xOffset, y: { ...y, field: 'low' }, y2: { field: 'high' } },
              },
            ]),
        ...labels,
      ],
    },
  })
}

/** The interval that a standard error gives, of what was spent. */
function byError({ actual, error = NaN }: DrawnDecile, what: string): Interval | undefined {
  if (what !== 'actual' || !Number.isFinite(error)) return undefined
  return { low: Math.max(0, actual - 1.96 * error), high: actual + 1.96 * error }
}

interface Bar {
  readonly decile: number
  readonly what: string
}

/**
 * What either colour means, beside the first pair: each name at the height of its bar, moved so far that it lies on no other name and above the bars that follow.
 *
 * @returns the layers, and how far the y axis has to go for them
 */
function names(
  bars: readonly (Bar & { readonly spend: number })[],
  ranges: readonly (Bar & { readonly high: number })[],
): { readonly labels: readonly Readonly<Record<string, unknown>>[]; readonly top: number } {
  const most = (of: (bar: Bar) => boolean): number =>
    Math.max(0, ...bars.filter(of).map(({ spend }) => spend), ...ranges.filter(of).map(({ high }) => high))
  const highest = 1.03 * most(() => true) || 1
  const beneath = most(({ decile }) => decile > 1 && decile <= 1 + REACH)
  const own = bars.filter(({ decile }) => decile === 1).toSorted((a, b) => a.spend - b.spend)
  // heights depend on how far the axis goes, and it on them: what they need beyond the bars is added once
  const pixel = highest / (HEIGHT - 2 * APART)
  const [lower, upper] = own as [(typeof own)[number], (typeof own)[number]]
  const low = Math.max(lower.spend, beneath + APART * pixel)
  const placed = [
    { ...lower, at: low },
    { ...upper, at: Math.max(upper.spend, low + APART * pixel) },
  ].map(({ what, at }) => ({ decile: 2, what, at: significant(at) }))
  const [x, y] = [
    { field: 'decile', type: 'ordinal', bandPosition: 0 },
    { field: 'at', type: 'quantitative' },
  ]
  return {
    top: significant(Math.max(highest, ...placed.map(({ at }) => at + (APART / 2) * pixel))),
    labels: [
      {
        data: { values: placed },
        mark: { type: 'point', shape: 'stroke', strokeWidth: 4, size: 90, opacity: 1, xOffset: 8 },
        encoding: { x, y, color: { field: 'what', type: 'nominal', scale: COLOUR, legend: null } },
      },
      {
        data: { values: placed },
        mark: label({ align: 'left', dx: 17, baseline: 'middle' }),
        encoding: { x, y, text: { field: 'what' } },
      },
    ],
  }
}
