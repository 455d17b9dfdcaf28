import { Chart } from './chart.ts'
import { guideLine, label } from './marks.ts'
import { log, tanh } from '../numeric/index.ts'
import { requireData, requireNumbers } from './require-data.ts'
import { textWidth } from './text-width.ts'
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
  const chance =
    customers === undefined
      ? undefined
      : Math.sqrt(2 / Math.PI) *
        (Array.from(real, r => (1 - r * r) * spread(customers)).reduce((sum, each) => sum + each, 0) / real.length)
  const rows = makers.flatMap(({ name, correlations }) =>
    Array.from(correlations, (each, i) => ({ name, real: significant(real[i] as number), made: significant(each) })),
  )
  const names = makers.length > 2 ? [] : namesBeside(domain, rows)
  const color = { field: 'name', type: 'nominal', scale: { domain, range: SERIES.slice(0, domain.length) } }
  const words = gaps.map(({ name, gap }) => `${name} by ${gap.toFixed(3)}`).join(', ')
  return new Chart({
    title: `Correlations of made customers are off on average: ${words}${chance === undefined ? '' : `, where chance alone would leave ${chance.toFixed(3)}`}`,
    caption: `One mark for each of ${count(real.length)} pairs of columns, Spearman's rank correlation. On the dashed line, two columns hang together among made customers as among real ones.${customers === undefined ? '' : ` Shaded: where 95% of marks would lie if both were ${count(customers)} customers drawn from the same people; how far another training would move them is not in the shade.`}`,
    alt: `Scatter of ${count(real.length)} rank correlations among real against made customers; mean absolute gap: ${words}`,
    height: 320,
    spec: {
      layer: [
        ...(customers === undefined ? [] : [luck(customers)]),
        guideLine([-1, -1], [1, 1]),
        {
          data: { values: rows },
          mark: { type: 'circle', size: 14, opacity: 1, tooltip: true },
          encoding: {
            x: {
              field: 'real',
              type: 'quantitative',
              scale: { domain: [-1, 1] },
              axis: axis('correlation among real customers'),
            },
            y: { field: 'made', type: 'quantitative', scale: { domain: [-1, 1] }, axis: axis('among made customers') },
            color: { ...color, legend: names.length === 0 ? { title: null, orient: 'top', offset: 6 } : null },
          },
        },
        ...names.flatMap(({ side, ...each }) => [
          {
            data: { values: [each] },
            mark: { type: 'rule', strokeWidth: 1 },
            encoding: {
              x: { field: 'real', type: 'quantitative' },
              y: { field: 'made', type: 'quantitative' },
              x2: { field: 'atX' },
              y2: { field: 'atY' },
              color: { ...color, legend: null },
            },
          },
          {
            data: { values: [each] },
            mark: label({ align: side, dx: side === 'right' ? -4 : 4, baseline: 'middle' }),
            encoding: {
              x: { field: 'atX', type: 'quantitative' },
              y: { field: 'atY', type: 'quantitative' },
              text: { field: 'name' },
            },
          },
        ]),
      ],
    },
  })
}

/** The standard error of the difference of two such correlations, in artanh. */
const spread = (customers: number): number => Math.sqrt((2 * 1.06) / Math.max(1, customers - 3))

interface Mark {
  readonly name: string
  readonly real: number
  readonly made: number
}
/** Steps outwards, in correlations, in which free room for a name is looked for. */
const STEPS = Array.from({ length: 12 }, (_, i) => 0.06 * (i + 1))
/** Half a line of text, and of a plot's width on the narrowest page one pixel, in correlations. */
const [LINE, PIXEL] = [0.05, 2 / 300]

/**
 * One or two names with leaders to a mark of their own, off the diagonal: above it for who rather makes correlations too high, below it for the other. None, so that
 * a legend has to say them, where marks leave no room.
 */
function namesBeside(
  names: readonly string[],
  marks: readonly Mark[],
): readonly (Mark & { readonly atX: number; readonly atY: number; readonly side: 'left' | 'right' })[] {
  const off = ({ real, made }: Mark): number => made - real
  const of = (name: string): readonly Mark[] => marks.filter(each => each.name === name)
  const high = names.toSorted((a, b) => sum(of(b).map(off)) - sum(of(a).map(off)))
  const placed = high.flatMap((name, i) => {
    const up = i === 0 ? 1 : -1
    const [own] = of(name).toSorted((a, b) => up * (off(b) - off(a)))
    const width = (textWidth(name, 11) + 8) * PIXEL
    const free = STEPS.map(step => ({ atX: (own as Mark).real - up * step, atY: (own as Mark).made + up * step * 1.5 })).find(
      ({ atX, atY }) => {
        const [left, right] = up > 0 ? [atX - width, atX] : [atX, atX + width]
        const within = left > -1 && right < 1 && Math.abs(atY) < 1 - LINE
        // words keep clear of marks and of the diagonal
        const clear = up > 0 ? atY - LINE > right + 0.1 : atY + LINE < left - 0.1
        return (
          within &&
          clear &&
          !marks.some(({ real, made }) => real > left - 0.02 && real < right + 0.02 && Math.abs(made - atY) < LINE + 0.02)
        )
      },
    )
    if (own === undefined || free === undefined) return []
    const side: 'left' | 'right' = up > 0 ? 'right' : 'left'
    return [{ ...own, atX: significant(free.atX), atY: significant(free.atY), side }]
  })
  return placed.length === names.length ? placed : []
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0)

/**
 * How far two samples' rank correlations lie apart by luck, around the diagonal. Source: Fieller, Hartley and Pearson (1957), "Tests for rank correlation
 * coefficients": artanh of the correlation has the variance 1.06 / (n - 3).
 */
function luck(customers: number): Readonly<Record<string, unknown>> {
  const half = 1.96 * spread(customers)
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
