import { LogBins } from './log-bins.ts'
import { medianInterval } from './median-interval.ts'
import { guideLine, PLAIN } from './marks.ts'
import { requireData, requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { significant } from './words.ts'

const CELLS = new LogBins(5)
/** Customers of a column of cells from which its median is drawn: of fewer, little could be said. */
const ENOUGH = 10

/** What a caption says of the medians. */
export const MEDIAN_WORDS = ` Crosses: the median of each column of ${ENOUGH} customers or more, with its 95% interval.`

export interface PairGrid {
  /** Pairs with both values positive: the others have no place on logarithmic axes. */
  readonly drawn: number
  /** Of those drawn, how many have values within a factor of two. */
  readonly within: number
  readonly layer: readonly Readonly<Record<string, unknown>>[]
}

/**
 * Customers counted in cells of a logarithmic grid of what was predicted and what it is held against, so that a million of them draw
 * as a few hundred circles. Errors: `ReportError` without pairs, or with values that are not finite.
 */
export function pairGrid(
  chart: string,
  predicted: ArrayLike<number>,
  held: ArrayLike<number>,
  axes: { readonly x: string; readonly y: string },
): PairGrid {
  requireNumbers(chart, predicted, held)
  const middle = (cell: number): number => CELLS.edge(cell + 0.5)
  const columns = new Map<number, number[]>()
  const cells = new Map<string, { readonly i: number; readonly j: number; customers: number }>()
  let [drawn, within] = [0, 0]
  for (let row = 0; row < predicted.length; row++) {
    const [p, h] = [predicted[row] as number, held[row] as number]
    if (!(p > 0 && h > 0)) continue
    drawn++
    if (p / h < 2 && h / p < 2) within++
    const [i, j] = [CELLS.of(p), CELLS.of(h)]
    const found = cells.get(`${i} ${j}`) ?? { i, j, customers: 0 }
    found.customers++
    const column = columns.get(i)
    if (column === undefined) columns.set(i, [h])
    else column.push(h)
    cells.set(`${i} ${j}`, found)
  }
  requireData(`${chart} (pairs of positive values)`, [...cells])
  const sorted = [...cells.values()].sort((a, b) => a.i - b.i || a.j - b.j)
  const ends = (side: 'i' | 'j'): readonly [number, number] =>
    sorted.reduce(([low, high], cell) => [Math.min(low, cell[side]), Math.max(high, cell[side])] as const, [
      Infinity,
      -Infinity,
    ] as const)
  const [across, up] = [ends('i'), ends('j')]
  const meet = [Math.max(across[0], up[0]), Math.min(across[1], up[1])] as const
  const scale = ([least, most]: readonly [number, number]) => ({
    type: 'log',
    domain: [CELLS.edge(least), CELLS.edge(most + 1)],
    nice: false,
  })
  const axis = (title: string) => ({ title, format: PLAIN, tickCount: 5, grid: false })
  const medians = [...columns]
    .filter(([, values]) => values.length >= ENOUGH)
    .sort(([a], [b]) => a - b)
    .map(([i, values]) => {
      const { median, low, high } = medianInterval(Float64Array.from(values).sort())
      const [left, right] = [CELLS.edge(i + 0.25), CELLS.edge(i + 0.75)]
      return { predicted: middle(i), left, right, held: significant(median), low: significant(low), high: significant(high) }
    })
  const layer = [
    ...(meet[0] < meet[1] ? [guideLine([middle(meet[0]), middle(meet[0])], [middle(meet[1]), middle(meet[1])])] : []),
    {
      data: { values: sorted.map(({ i, j, customers }) => ({ predicted: middle(i), held: middle(j), customers })) },
      mark: { type: 'circle', color: COLOURS.main, opacity: 1, tooltip: true },
      encoding: {
        x: { field: 'predicted', type: 'quantitative', scale: scale(across), axis: axis(axes.x) },
        y: { field: 'held', type: 'quantitative', scale: scale(up), axis: axis(axes.y) },
        size: { field: 'customers', type: 'quantitative', scale: { range: [6, 300] }, legend: null },
      },
    },
    ...(medians.length === 0
      ? []
      : [
          {
            data: { values: medians },
            // in the colour of words, so that they stand out from the circles in print, too
            mark: { type: 'rule', strokeWidth: 1.5 },
            encoding: {
              x: { field: 'predicted', type: 'quantitative' },
              y: { field: 'low', type: 'quantitative' },
              y2: { field: 'high' },
            },
          },
          {
            data: { values: medians },
            mark: { type: 'rule', strokeWidth: 2 },
            encoding: {
              x: { field: 'left', type: 'quantitative' },
              x2: { field: 'right' },
              y: { field: 'held', type: 'quantitative' },
            },
          },
        ]),
  ]
  return { drawn, within, layer }
}
