import type { Interval, ShareIntervals } from '../metrics/index.ts'
import { Chart } from './chart.ts'
import { label } from './marks.ts'
import { requireNumbers } from './require-data.ts'
import { textWidth } from './text-width.ts'
import { COLOURS } from './theme.ts'
import { percent, significant } from './words.ts'

export interface SegmentShare {
  readonly segment: string
  readonly customers: number
  /** In any one unit: shares alone are drawn. */
  readonly spend: number
  /** Where its two shares could also lie, as `shareIntervals` says. */
  readonly intervals?: ShareIntervals | undefined
}

const FONT = 10
const AXIS = 11
/** Of the drawing on the narrowest page, in pixels. */
const NARROW = 358

/**
 * The share of customers and of spend that each segment holds, side by side, the largest spend first.
 * Errors: `ReportError` without segments, or with a value that is not finite.
 */
export function segmentBars({ segments }: { readonly segments: readonly SegmentShare[] }): Chart {
  requireNumbers(
    'segmentBars',
    segments.map(each => each.customers),
    segments.map(each => each.spend),
  )
  const customers = segments.reduce((sum, each) => sum + each.customers, 0)
  const spend = segments.reduce((sum, each) => sum + each.spend, 0)
  const sorted = segments.toSorted((a, b) => b.spend - a.spend)
  const bar = (segment: string, what: string, share: number, interval: Interval | undefined) => ({
    segment,
    what,
    share: significant(share),
    // the first pair says what the bars of all are
    text: segment === sorted[0]?.segment ? `${percent(share)} ${what}` : percent(share),
    ...(interval === undefined ? {} : { low: significant(interval.low), high: significant(interval.high) }),
    // where the words begin
    end: significant(Math.max(share, interval?.high ?? 0)),
  })
  const data = sorted.flatMap(each => [
    bar(each.segment, 'of customers', each.customers / customers, each.intervals?.customers),
    bar(each.segment, 'of spend', each.spend / spend, each.intervals?.value),
  ])
  const ranged = data.filter(({ low }) => low !== undefined)
  const names = Math.max(...sorted.map(({ segment }) => textWidth(segment, AXIS)))
  const x = {
    type: 'quantitative',
    scale: { domain: [0, room(data, NARROW - names - 20)], nice: false },
    axis: { title: 'share of all customers, and of all spend', format: '%', tickCount: 5 },
  }
  const first = sorted[0] as SegmentShare
  return new Chart({
    title: `${first.segment}: ${percent(first.customers / customers)} of customers, ${percent(first.spend / spend)} of spend`,
    caption: `Segments by their share of past spend.${ranged.length > 0 ? ' Lines are 95% intervals over resampled customers.' : ''}`,
    alt: `Bars of ${segments.length} segments: ${sorted
      .slice(0, 3)
      .map(each => `${each.segment} ${percent(each.spend / spend)}`)
      .join(', ')} of spend`,
    height: Math.max(120, sorted.length * 30),
    spec: {
      data: { values: data },
      encoding: {
        y: {
          field: 'segment',
          type: 'nominal',
          sort: sorted.map(each => each.segment),
          axis: { title: null, ticks: false, domain: false, labelLimit: 220, labelPadding: 6 },
        },
        yOffset: { field: 'what', sort: ['of customers', 'of spend'] },
      },
      layer: [
        {
          mark: { type: 'bar', tooltip: true },
          encoding: {
            x: { ...x, field: 'share' },
            color: {
              field: 'what',
              type: 'nominal',
              scale: { domain: ['of customers', 'of spend'], range: [COLOURS.quiet, COLOURS.main] },
              legend: null,
            },
          },
        },
        ...(ranged.length === 0
          ? []
          : [
              {
                data: { values: ranged },
                mark: { type: 'rule', strokeWidth: 1.5 },
                encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
              },
            ]),
        {
          mark: label({ align: 'left', dx: 4, fontSize: FONT }),
          encoding: { x: { ...x, field: 'end' }, text: { field: 'text', type: 'nominal' } },
        },
      ],
    },
  })
}

/** How far the axis has to go for the words at the ends of its bars to stand within a plot of so many pixels. */
function room(bars: readonly { readonly end: number; readonly text: string }[], width: number): number {
  const needed = bars.map(({ end, text }) => (end * width) / (width - 8 - textWidth(text, FONT)))
  return significant(Math.max(...needed))
}
