import { Chart } from './chart.ts'
import { endLabels, type LineEnd } from './end-labels.ts'
import { label, PLAIN } from './marks.ts'
import { requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { capital, significant } from './words.ts'

export interface LossSeries {
  readonly name: string
  /** One value per epoch. */
  readonly loss: ArrayLike<number>
}

/** A loss that means something, such as that of mere guessing. */
export interface LossLevel {
  readonly name: string
  readonly at: number
}

/** Of the plot, in pixels. */
const HEIGHT = 180

/**
 * Losses that are made small together or against each other, by epoch, with levels to hold them against.
 *
 * @param options.from the first epoch to draw; what was lost before it is said, for one steep fall would leave the rest flat
 * @param options.wide for losses that run away: the axis is linear near zero and logarithmic further out, on both sides
 * Errors: `ReportError` without epochs, or values that are not finite.
 */
export function lossCurves({
  title,
  what,
  series,
  levels = [],
  wide = false,
  from = 1,
}: {
  readonly title: string
  readonly what: string
  readonly series: readonly LossSeries[]
  readonly levels?: readonly LossLevel[]
  readonly wide?: boolean
  readonly from?: number
}): Chart {
  requireNumbers('lossCurves', ...series.map(({ loss }) => loss))
  if (levels.length > 0)
    requireNumbers(
      'lossCurves (levels)',
      levels.map(({ at }) => at),
    )
  const data = series.flatMap(({ name, loss }) =>
    Array.from(loss, (each, i) => ({ epoch: i + 1, loss: significant(each), of: name })).slice(from - 1),
  )
  // names stand at the ends of their lines, where the axis is linear
  const named = series.length > 1 && !wide
  const color = {
    field: 'of',
    type: 'nominal',
    scale: { domain: series.map(({ name }) => name), range: [COLOURS.main, COLOURS.second, COLOURS.third] },
  }
  const drawn = [...data.map(each => each.loss), ...levels.map(({ at }) => at)]
  const epochs = series[0]?.loss.length ?? 0
  const ends = series.map(
    ({ name, loss }) => `${name} from ${(loss[0] as number).toFixed(2)} to ${(loss[loss.length - 1] as number).toFixed(2)}`,
  )
  return new Chart({
    title,
    caption: `${capital(what)}, mean over each epoch.${levels.length > 0 ? ` Dashed: ${levels.map(({ name, at }) => `${name}, ${at.toFixed(2)}`).join('; ')}.` : ''}${from > 1 ? ` Not drawn: ${series.map(({ name, loss }) => `${name} in epoch 1, ${(loss[0] as number).toFixed(1)}`).join('; ')}.` : ''}${wide ? ' The axis is linear near zero and logarithmic further out, on both sides.' : ''}`,
    alt: `${series.length === 1 ? 'A line' : `${series.length} lines`} over ${epochs} epochs: ${ends.join('; ')}`,
    height: HEIGHT,
    spec: {
      ...(named ? { resolve: { axis: { y: 'independent' } } } : {}),
      layer: [
        ...(levels.length === 0
          ? []
          : [
              {
                data: { values: levels },
                mark: { type: 'rule', strokeDash: [4, 3], strokeWidth: 1.5, color: COLOURS.quiet },
                encoding: { y: { field: 'at', type: 'quantitative', axis: null } },
              },
              {
                data: { values: levels },
                mark: label({ align: 'right', dy: -7, x: 'width' }),
                encoding: { y: { field: 'at', type: 'quantitative', axis: null }, text: { field: 'name' } },
              },
            ]),
        {
          data: { values: data },
          mark: { type: 'line', strokeWidth: 2, tooltip: true },
          encoding: {
            x: {
              field: 'epoch',
              type: 'quantitative',
              scale: { domain: [from, Math.max(from + 1, epochs)], nice: false },
              axis: { title: 'epoch', tickMinStep: 1, tickCount: 10, grid: false },
            },
            y: {
              field: 'loss',
              type: 'quantitative',
              scale: { zero: false, ...(wide ? { type: 'symlog', nice: false } : {}) },
              axis: {
                title: what,
                grid: true,
                ...(wide ? { values: powers(data.map(({ loss }) => loss)), format: PLAIN } : { tickCount: 5 }),
              },
            },
            color: { ...color, legend: wide && series.length > 1 ? { title: null, orient: 'top', offset: 6 } : null },
          },
        },
        ...(named
          ? [endLabels({ ends: series.map(endOf), span: [Math.min(...drawn), Math.max(...drawn)], height: HEIGHT, color })]
          : []),
      ],
    },
  })
}

const endOf = ({ name, loss }: LossSeries): LineEnd => ({ name, at: loss[loss.length - 1] as number })

/** Zero, and some powers of ten on either side of it as far as the values reach. */
function powers(values: readonly number[]): readonly number[] {
  const digits = (value: number): number => (value < 10 ? 0 : value.toFixed(0).length - 1)
  const [down, up] = [digits(-Math.min(...values)), digits(Math.max(...values))]
  const step = Math.max(1, Math.ceil(Math.max(down, up) / 4))
  const side = (sign: number, most: number): number[] =>
    Array.from({ length: Math.floor(most / step) }, (_, i) => sign * Number(`1e${(i + 1) * step}`))
  return [...side(-1, down).reverse(), 0, ...side(1, up)]
}
