import { ReportError } from '../errors/index.ts'
import { Chart } from './chart.ts'
import { label } from './marks.ts'
import { requireNumbers, requireData } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { about, capital, count } from './words.ts'

const DAY = 86_400_000
const WEEK = 7 * DAY

/**
 * Purchases by week, before and after the cutoff.
 *
 * @param options.weeks first days of the weeks, `YYYY-MM-DD`, ascending
 * @param options.purchases one count per week
 * @param options.horizonEnd the first day after the horizon
 * @param options.covered first and last day of the log: weeks that it covers in part are counted but not drawn, since they look like a slump
 * Errors: `ReportError` without weeks, with counts that are not numbers, or days that are none.
 */
export function purchasesOverTime({
  weeks,
  purchases,
  cutoff,
  horizonEnd,
  covered,
}: {
  readonly weeks: readonly string[]
  readonly purchases: ArrayLike<number>
  readonly cutoff: string
  readonly horizonEnd: string
  readonly covered?: readonly [first: string, last: string]
}): Chart {
  requireNumbers('purchasesOverTime', purchases)
  requireData('purchasesOverTime', weeks, purchases)
  const [from, until] = [timeOf(cutoff), timeOf(horizonEnd)]
  const spans = ['observed', 'to be predicted', 'not used'] as const
  const data = weeks.map((week, i) => {
    const start = timeOf(week)
    return {
      week,
      end: dayOf(start + WEEK),
      purchases: purchases[i] as number,
      floor: 0,
      span: start < from ? spans[0] : start < until ? spans[1] : spans[2],
    }
  })
  const exact = data.every(({ week, end }) => [from, until].every(edge => edge <= timeOf(week) || edge >= timeOf(end)))
  const sum = (span: string): string =>
    (exact ? count : about)(data.filter(each => each.span === span).reduce((total, each) => total + each.purchases, 0))
  const title = `${sum('observed')} purchases are observed before ${cutoff}, ${sum('to be predicted')} are to be predicted`
  const whole =
    covered === undefined ? data : data.filter(({ week, end }) => week >= covered[0] && timeOf(end) <= timeOf(covered[1]) + DAY)
  requireData('purchasesOverTime (whole weeks)', whole)
  const [start, end] = [timeOf((whole[0] as (typeof data)[number]).week), timeOf((whole.at(-1) as (typeof data)[number]).end)]
  const edges = [cutoff, horizonEnd].filter(each => timeOf(each) > start && timeOf(each) < end)
  const middles = [
    [start, Math.min(from, end)],
    [Math.max(from, start), Math.min(until, end)],
    [Math.max(until, start), end],
  ] as const
  const shown = middles.flatMap(([a, b], i) =>
    b - a > (end - start) * 0.12 ? [{ week: dayOf((a + b) / 2), span: spans[i] as string }] : [],
  )
  const x = {
    field: 'week',
    type: 'temporal',
    scale: { type: 'utc' },
    axis: { title: null, grid: false, tickCount: 6, format: '%b %Y', labelOverlap: true },
  }
  return new Chart({
    title: capital(title),
    caption: `Purchase days by week; the lines are the cutoff, ${cutoff}, and the end of the horizon, ${horizonEnd}. Models see nothing on or after the cutoff. Shaded on the bars: 95% intervals of such counts, were purchases independent of one another (Poisson).${whole.length < data.length ? ' Weeks that the log covers only in part are not drawn.' : ''}`,
    alt: `Bars of purchases by week from ${dayOf(start)} to ${dayOf(end - DAY)}, split at the cutoff ${cutoff}`,
    height: 180,
    spec: {
      layer: [
        {
          data: { values: whole },
          mark: { type: 'bar', tooltip: true, binSpacing: 1 },
          encoding: {
            x,
            x2: { field: 'end' },
            y: { field: 'purchases', type: 'quantitative', axis: { title: 'purchase days a week', tickCount: 5 } },
            y2: { field: 'floor' },
            color: {
              field: 'span',
              type: 'nominal',
              scale: { domain: [...spans], range: [COLOURS.main, COLOURS.second, COLOURS.quiet] },
              legend: null,
            },
          },
        },
        {
          data: { values: scatter(whole) },
          mark: { type: 'area', interpolate: 'step-after', color: COLOURS.fifth, opacity: 0.6 },
          encoding: { x, y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } },
        },
        {
          data: { values: edges.map(week => ({ week })) },
          mark: { type: 'rule', color: COLOURS.quiet, strokeWidth: 1.5, y: -16 },
          encoding: { x, y2: { value: 180 } },
        },
        { data: { values: shown }, mark: label({ y: -8 }), encoding: { x, text: { field: 'span', type: 'nominal' } } },
      ],
    },
  })
}

/** How far counts of independent purchases scatter, as steps over the bars: the last one has two ends. */
function scatter(
  bars: readonly { readonly week: string; readonly end: string; readonly purchases: number }[],
): readonly { readonly week: string; readonly low: number; readonly high: number }[] {
  const steps = bars.map(({ week, purchases }) => {
    const half = 1.96 * Math.sqrt(purchases)
    return { week, low: Math.round(Math.max(0, purchases - half)), high: Math.round(purchases + half) }
  })
  const last = bars.at(-1)
  return last === undefined ? steps : [...steps, { ...(steps.at(-1) as (typeof steps)[number]), week: last.end }]
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

function timeOf(day: string): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(day) : NaN
  if (Number.isNaN(time))
    throw new ReportError({
      code: 'not-a-day',
      what: `purchasesOverTime was given "${day}" for a day`,
      remedy: 'write days as YYYY-MM-DD',
    })
  return time
}
