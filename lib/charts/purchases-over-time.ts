import { Chart } from './chart.ts'
import { requireData } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { count } from './words.ts'

/** Purchases by week, before and after the cutoff. `weeks` are the first days of the weeks, `YYYY-MM-DD`. */
export function purchasesOverTime({ weeks, purchases, cutoff, horizonEnd }: {
  readonly weeks: readonly string[]
  readonly purchases: ArrayLike<number>
  readonly cutoff: string
  readonly horizonEnd: string
}): Chart {
  requireData('purchasesOverTime', weeks, purchases)
  const spans = ['observed', 'to be predicted', 'not used'] as const
  const data = weeks.map((week, i) => ({ week, purchases: purchases[i] as number, span: week < cutoff ? spans[0] : week < horizonEnd ? spans[1] : spans[2] }))
  const sum = (span: string): number => data.filter(each => each.span === span).reduce((total, each) => total + each.purchases, 0)
  return new Chart({
    title: `${count(sum('observed'))} purchases are observed before ${cutoff}, ${count(sum('to be predicted'))} are to be predicted`,
    caption: 'Purchase days by week. Models see nothing on or after the cutoff.',
    alt: `Bars of purchases by week from ${weeks[0]} to ${weeks.at(-1)}, split at the cutoff ${cutoff}`,
    height: 180,
    spec: {
      data: { values: data },
      mark: { type: 'bar', tooltip: true, width: Math.max(1, Math.floor(480 / weeks.length)) },
      encoding: {
        x: { field: 'week', type: 'temporal', scale: { type: 'utc' }, axis: { title: null, grid: false, tickCount: 6, format: '%b %Y' } },
        y: { field: 'purchases', type: 'quantitative', axis: { title: 'purchase days a week', tickCount: 5 } },
        color: { field: 'span', type: 'nominal', scale: { domain: [...spans], range: [COLOURS.main, COLOURS.second, COLOURS.quiet] }, legend: { title: null, orient: 'top' } },
      },
    },
  })
}
