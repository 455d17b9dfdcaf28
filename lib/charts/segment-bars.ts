import type { Interval, ShareIntervals } from '../metrics/index.ts'
import { Chart } from './chart.ts'
import { label } from './marks.ts'
import { requireNumbers } from './require-data.ts'
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
    text: percent(share),
    ...(interval === undefined ? {} : { low: significant(interval.low), high: significant(interval.high) }),
    // where the words begin
    end: significant(Math.max(share, interval?.high ?? 0)),
  })
  const data = sorted.flatMap(each => [
    bar(each.segment, 'of customers', each.customers / customers, each.intervals?.customers),
    bar(each.segment, 'of spend', each.spend / spend, each.intervals?.value),
  ])
  const ranged = data.filter(({ low }) => low !== undefined)
  const x = { type: 'quantitative', axis: { title: 'share of all customers, and of all spend', format: '%', tickCount: 5 } }
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
              legend: { title: null, orient: 'top', offset: 6 },
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
          mark: label({ align: 'left', dx: 4, fontSize: 10 }),
          encoding: { x: { ...x, field: 'end' }, text: { field: 'text', type: 'nominal' } },
        },
      ],
    },
  })
}
