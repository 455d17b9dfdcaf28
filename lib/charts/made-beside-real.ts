import { Chart } from './chart.ts'
import { requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { percent, significant } from './words.ts'

export interface MadeColumn {
  readonly name: string
  /** At which shares of the real customers the first quartile, the median and the third quartile of the made ones lie. */
  readonly quartiles: readonly [number, number, number]
}

/** A quartile off by more than this is called so, where it is not known how far luck reaches. */
const FAR = 0.1

/**
 * Made customers beside real ones, a row a column: where the made quartiles lie among the real values. Were both alike, the three marks would
 * stand on the three lines.
 *
 * @param options.customers how many there are of either kind: draws how far quartiles of two samples of the same people lie apart
 * Errors: `ReportError` without columns, or values that are not finite.
 */
export function madeBesideReal({
  maker,
  columns,
  customers,
}: {
  readonly maker: string
  readonly columns: readonly MadeColumn[]
  readonly customers?: { readonly real: number; readonly made: number }
}): Chart {
  requireNumbers('madeBesideReal', ...[0, 1, 2].map(q => columns.map(({ quartiles }) => quartiles[q] as number)))
  const beyond = (share: number, q: number): boolean => {
    const middle = SHARES[q] as number
    if (customers === undefined) return Math.abs(share - middle) > FAR
    const { low, high } = luck(middle, customers)
    return share < low || share > high
  }
  const spots = columns.flatMap(({ name, quartiles }) =>
    quartiles.map((share, q) => ({
      name,
      share,
      of: QUARTILES[q] as string,
      off: Math.abs(share - (SHARES[q] as number)),
      far: beyond(share, q),
    })),
  )
  const far = spots.filter(each => each.far)
  const columnsOff = new Set(far.map(({ name }) => name)).size
  const worst = far.reduce((most, each) => (each.off > most.off ? each : most), far[0] ?? (spots[0] as (typeof spots)[number]))
  const y = {
    field: 'name',
    type: 'nominal',
    sort: columns.map(({ name }) => name),
    axis: { title: null, ticks: false, domain: false, grid: true },
  }
  const scale = { domain: [0, 1], nice: false }
  const axis = { title: 'share of real customers below', format: '.0%', values: [0, 0.25, 0.5, 0.75, 1], grid: false }
  const marks = columns.flatMap(({ name, quartiles }) =>
    quartiles.map((share, q) => ({ name, share: significant(share), of: QUARTILES[q] })),
  )
  const spans = columns.map(({ name, quartiles: [low, , high] }) => ({ name, low: significant(low), high: significant(high) }))
  return new Chart({
    title:
      far.length === 0
        ? `The quartiles of all ${columns.length} columns of customers from the ${maker} lie ${customers === undefined ? `within ${percent(FAR)} of customers of` : 'as near to'} those of the real ones${customers === undefined ? '' : ' as chance allows'}`
        : `${columnsOff} of ${columns.length} columns of customers from the ${maker} ${columnsOff === 1 ? 'is' : 'are'} off by more than ${customers === undefined ? percent(FAR) : 'chance'}, most of all ${worst.name}: its ${worst.of} lies at ${percent(worst.share)} of the real ones`,
    caption:
      'Where the quartiles of made customers lie among the real ones; made as real, they would stand on the dashed lines.' +
      (customers === undefined
        ? ''
        : ' Shaded: where 95% of them would, were both drawn from the same people; a column is off where one of its three lies outside, and about one mark in twenty would by chance. All are of one training: how far another would move them is not in the shade.'),
    alt: `Quartiles of ${columns.length} columns: ${columns.map(({ name, quartiles }) => `${name} ${quartiles.map(percent).join(', ')}`).join('; ')}`,
    height: Math.max(80, columns.length * 24),
    spec: {
      layer: [
        ...(customers === undefined
          ? []
          : [
              {
                data: { values: SHARES.map(share => luck(share, customers)) },
                mark: { type: 'rect', color: COLOURS.quiet, opacity: 0.18 },
                encoding: { x: { field: 'low', type: 'quantitative', scale, axis }, x2: { field: 'high' } },
              },
            ]),
        {
          data: { values: [{ share: 0.25 }, { share: 0.5 }, { share: 0.75 }] },
          mark: { type: 'rule', strokeDash: [4, 3], color: COLOURS.quiet },
          encoding: { x: { field: 'share', type: 'quantitative', scale, axis } },
        },
        {
          data: { values: spans },
          mark: { type: 'rule', strokeWidth: 1.5, color: COLOURS.main },
          encoding: { y, x: { field: 'low', type: 'quantitative', scale, axis }, x2: { field: 'high' } },
        },
        {
          data: { values: marks },
          mark: { type: 'point', filled: true, opacity: 1, tooltip: true, color: COLOURS.main },
          encoding: {
            y,
            x: { field: 'share', type: 'quantitative', scale, axis },
            size: { condition: { test: "datum.of === 'median'", value: 80 }, value: 35 },
          },
        },
      ],
    },
  })
}

const QUARTILES = ['first quartile', 'median', 'third quartile'] as const
const SHARES = [0.25, 0.5, 0.75] as const

/** Where a quartile of one sample lies among another of the same people: both are drawn, so both are off. */
function luck(
  share: number,
  { real, made }: { readonly real: number; readonly made: number },
): { readonly low: number; readonly high: number } {
  const half = 1.96 * Math.sqrt(share * (1 - share) * (1 / real + 1 / made))
  return { low: significant(Math.max(0, share - half)), high: significant(Math.min(1, share + half)) }
}
