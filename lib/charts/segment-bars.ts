import { Chart } from './chart.ts'
import { requireData } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { percent } from './words.ts'

/** The share of customers and of spend that each segment holds, side by side. */
export function segmentBars({ segments }: { readonly segments: readonly { readonly segment: string; readonly customers: number; readonly spend: number }[] }): Chart {
  requireData('segmentBars', segments)
  const customers = segments.reduce((sum, each) => sum + each.customers, 0)
  const spend = segments.reduce((sum, each) => sum + each.spend, 0)
  const sorted = segments.toSorted((a, b) => b.spend - a.spend)
  const data = sorted.flatMap(each => [
    { segment: each.segment, what: 'of customers', share: each.customers / customers },
    { segment: each.segment, what: 'of spend', share: each.spend / spend },
  ])
  const first = sorted[0] as (typeof sorted)[number]
  return new Chart({
    title: `${first.segment}: ${percent(first.customers / customers)} of customers, ${percent(first.spend / spend)} of spend`,
    caption: 'Segments by their share of past spend.',
    alt: `Bars of ${segments.length} segments: ${sorted.slice(0, 3).map(each => `${each.segment} ${percent(each.spend / spend)}`).join(', ')} of spend`,
    height: Math.max(120, sorted.length * 28),
    spec: {
      data: { values: data },
      mark: { type: 'bar', tooltip: true },
      encoding: {
        y: { field: 'segment', type: 'nominal', sort: sorted.map(each => each.segment), axis: { title: null, ticks: false, domain: false } },
        yOffset: { field: 'what' },
        x: { field: 'share', type: 'quantitative', axis: { title: 'share', format: '%', tickCount: 5 } },
        color: { field: 'what', type: 'nominal', scale: { domain: ['of customers', 'of spend'], range: [COLOURS.quiet, COLOURS.main] }, legend: { title: null, orient: 'top' } },
      },
    },
  })
}
