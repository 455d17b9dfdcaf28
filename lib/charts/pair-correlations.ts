import { Chart } from './chart.ts'
import { guideLine } from './marks.ts'
import { log, tanh } from '../numeric/index.ts'
import { requireData, requireNumbers } from './require-data.ts'
import { COLOURS, SERIES } from './theme.ts'
import { count, significant } from './words.ts'

/** Correlations of made customers, one for each pair of columns. */
export interface Correlated {
  readonly name: string
  readonly correlations: ArrayLike<number>
}

/**
 * How columns hang together: for each pair of columns, its correlation among real customers against that among made ones.
 *
 * @param options.customers how many real customers, and as many made, the correlations are of: draws how far two samples of the same people lie apart
 * Errors: `ReportError` without makers or pairs, with unequal lengths, or values that are not finite.
 */
export function pairCorrelations({
  real,
  makers,
  customers,
}: {
  readonly real: ArrayLike<number>
  readonly makers: readonly Correlated[]
  readonly customers?: number
}): Chart {
  requireData('pairCorrelations', makers)
  requireNumbers('pairCorrelations', real, ...makers.map(({ correlations }) => correlations))
  const gaps = makers
    .map(({ name, correlations }) => ({
      name,
      gap:
        Array.from(correlations, (each, i) => Math.abs(each - (real[i] as number))).reduce((sum, each) => sum + each, 0) /
        real.length,
    }))
    .toSorted((a, b) => a.gap - b.gap)
  const domain = makers.map(({ name }) => name)
  const axis = (title: string) => ({ title, tickCount: 5, grid: true })
  const words = gaps.map(({ name, gap }) => `${name} by ${gap.toFixed(3)}`).join(', ')
  return new Chart({
    title: `Correlations of made customers are off on average: ${words}`,
    caption: `One mark for each of ${count(real.length)} pairs of columns, Spearman's rank correlation. On the dashed line, two columns hang together among made customers as among real ones.${customers === undefined ? '' : ` Shaded: where 95% of marks would lie if both were ${count(customers)} customers drawn from the same people.`}`,
    alt: `Scatter of ${count(real.length)} rank correlations among real against made customers; mean absolute gap: ${words}`,
    height: 320,
    spec: {
      layer: [
        ...(customers === undefined ? [] : [luck(customers)]),
        guideLine([-1, -1], [1, 1]),
        {
          data: {
            values: makers.flatMap(({ name, correlations }) =>
              Array.from(correlations, (each, i) => ({ name, real: significant(real[i] as number), made: significant(each) })),
            ),
          },
          mark: { type: 'circle', size: 14, opacity: 1, tooltip: true },
          encoding: {
            x: {
              field: 'real',
              type: 'quantitative',
              scale: { domain: [-1, 1] },
              axis: axis('correlation among real customers'),
            },
            y: { field: 'made', type: 'quantitative', scale: { domain: [-1, 1] }, axis: axis('among made customers') },
            color: {
              field: 'name',
              type: 'nominal',
              scale: { domain, range: SERIES.slice(0, domain.length) },
              legend: { title: null, orient: 'top', offset: 6 },
            },
          },
        },
      ],
    },
  })
}

/**
 * How far two samples' rank correlations lie apart by luck, around the diagonal. Source: Fieller, Hartley and Pearson (1957), "Tests for rank correlation
 * coefficients": artanh of the correlation has the variance 1.06 / (n - 3).
 */
function luck(customers: number): Readonly<Record<string, unknown>> {
  const half = 1.96 * Math.sqrt((2 * 1.06) / Math.max(1, customers - 3))
  const moved = (r: number, by: number): number => (Math.abs(r) === 1 ? r : tanh(log((1 + r) / (1 - r)) / 2 + by))
  const values = Array.from({ length: 41 }, (_, i) => {
    const r = (i - 20) / 20
    return { real: r, low: significant(moved(r, -half)), high: significant(moved(r, half)) }
  })
  return {
    data: { values },
    mark: { type: 'area', color: COLOURS.quiet, opacity: 0.18 },
    encoding: { x: { field: 'real', type: 'quantitative' }, y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } },
  }
}
