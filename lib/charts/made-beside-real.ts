import { Chart } from './chart.ts'
import { requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { percent, significant } from './words.ts'

export interface MadeColumn {
  readonly name: string
  /** At which shares of the real customers the first quartile, the median and the third quartile of the made ones lie. */
  readonly quartiles: readonly [number, number, number]
}

/** A median off by more than this is called so. */
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
  const off = ({ quartiles }: MadeColumn): number => Math.abs(quartiles[1] - 0.5)
  const far = columns.filter(column => off(column) > FAR)
  const worst = columns.reduce((most, each) => (off(each) > off(most) ? each : most))
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
        ? `The median of each column of customers from the ${maker} is that of the real ones to within ${percent(FAR)} of customers`
        : `${far.length} of ${columns.length} columns of customers from the ${maker} are off, most of all ${worst.name}: its median lies at ${percent(worst.quartiles[1])} of the real ones`,
    caption:
      'Where the quartiles of made customers lie among the real ones; made as real, they would stand on the dashed lines.' +
      (customers === undefined ? '' : ' Shaded: where 95% of them would, were both drawn from the same people.'),
    alt: `Quartiles of ${columns.length} columns: ${columns.map(({ name, quartiles }) => `${name} ${quartiles.map(percent).join(', ')}`).join('; ')}`,
    height: Math.max(80, columns.length * 24),
    spec: {
      layer: [
        ...(customers === undefined
          ? []
          : [
              {
                data: { values: [0.25, 0.5, 0.75].map(share => luck(share, customers)) },
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
          mark: { type: 'rule', strokeWidth: 2, opacity: 0.5, color: COLOURS.main },
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

/** Where a quartile of one sample lies among another of the same people: both are drawn, so both are off. */
function luck(share: number, { real, made }: { readonly real: number; readonly made: number }): Readonly<Record<string, number>> {
  const half = 1.96 * Math.sqrt(share * (1 - share) * (1 / real + 1 / made))
  return { low: significant(Math.max(0, share - half)), high: significant(Math.min(1, share + half)) }
}
