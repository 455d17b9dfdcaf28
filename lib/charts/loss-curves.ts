import { Chart } from './chart.ts'
import { expm1, log1p } from '../numeric/index.ts'
import { endLabels, type Bend, type LineEnd } from './end-labels.ts'
import { label, PLAIN } from './marks.ts'
import { requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { capital, count, significant } from './words.ts'

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
 * @param options.runs the same losses from other seeds, drawn thin behind; they may have ended sooner, which is then said
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
  runs = [],
}: {
  readonly title: string
  readonly what: string
  readonly series: readonly LossSeries[]
  readonly levels?: readonly LossLevel[]
  readonly wide?: boolean
  readonly from?: number
  readonly runs?: readonly (readonly LossSeries[])[]
}): Chart {
  requireNumbers('lossCurves', ...series.map(({ loss }) => loss))
  for (const run of runs) for (const { name, loss } of run) requireNumbers(`lossCurves (another run of ${name})`, loss)
  if (levels.length > 0)
    requireNumbers(
      'lossCurves (levels)',
      levels.map(({ at }) => at),
    )
  const rows = (run: readonly LossSeries[]) =>
    run.flatMap(({ name, loss }) =>
      Array.from(loss, (each, i) => ({ epoch: i + 1, loss: significant(each), of: name })).slice(from - 1),
    )
  const data = rows(series)
  const behind = runs.flatMap((run, i) => rows(run).map(each => ({ ...each, run: i + 2 })))
  const named = series.length > 1
  const color = {
    field: 'of',
    type: 'nominal',
    scale: { domain: series.map(({ name }) => name), range: [COLOURS.main, COLOURS.second, COLOURS.third] },
  }
  const drawn = [...data, ...behind].map(each => each.loss).concat(levels.map(({ at }) => at))
  const epochs = series[0]?.loss.length ?? 0
  const ends = series.map(
    ({ name, loss }) => `${name} from ${(loss[0] as number).toFixed(2)} to ${(loss[loss.length - 1] as number).toFixed(2)}`,
  )
  const x = {
    field: 'epoch',
    type: 'quantitative',
    scale: { domain: [from, Math.max(from + 1, epochs)], nice: false },
    axis: { title: 'epoch', tickMinStep: 1, tickCount: 10, grid: false },
  }
  const y = {
    field: 'loss',
    type: 'quantitative',
    scale: { zero: false, ...(wide ? { type: 'symlog', nice: false } : {}) },
    axis: { title: what, grid: true, ...(wide ? { values: powers(drawn), format: PLAIN } : { tickCount: 5 }) },
  }
  return new Chart({
    title,
    caption: `${capital(what)}, mean over each epoch.${runWords(series, runs)}${levels.length > 0 ? ` Dashed: ${levels.map(({ name, at }) => `${name}, ${at.toFixed(2)}`).join('; ')}.` : ''}${from > 1 ? ` Not drawn: ${series.map(({ name, loss }) => `${name} in epoch 1, ${(loss[0] as number).toFixed(1)}`).join('; ')}.` : ''}${wide ? ' The axis is linear near zero and logarithmic further out, on both sides.' : ''}`,
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
        ...(behind.length === 0
          ? []
          : [
              {
                data: { values: behind },
                mark: { type: 'line', strokeWidth: 1 },
                encoding: {
                  x,
                  // one axis for both, unless names at the ends ask for axes of their own
                  y: named ? { ...y, axis: null } : y,
                  color: { ...color, legend: null },
                  detail: { field: 'run', type: 'nominal' },
                },
              },
            ]),
        {
          data: { values: data },
          mark: { type: 'line', strokeWidth: 2, tooltip: true },
          encoding: { x, y, color: { ...color, legend: null } },
        },
        ...(named
          ? [
              endLabels({
                ends: series.map(endOf),
                span: [Math.min(...drawn), Math.max(...drawn)],
                height: HEIGHT,
                color,
                ...(wide ? { bend: SYMLOG } : {}),
              }),
            ]
          : []),
      ],
    },
  })
}

const endOf = ({ name, loss }: LossSeries): LineEnd => ({ name, at: loss[loss.length - 1] as number })

/** Vega's scale of that name: linear near zero, logarithmic further out. */
const SYMLOG: Bend = {
  to: value => Math.sign(value) * log1p(Math.abs(value)),
  from: place => Math.sign(place) * expm1(Math.abs(place)),
}

/** How many other seeds there are, how far they were trained where that is not as far, and how far apart the losses lay at the last epoch that all have. */
function runWords(series: readonly LossSeries[], runs: readonly (readonly LossSeries[])[]): string {
  if (runs.length === 0) return ''
  const own = Math.min(...series.map(({ loss }) => loss.length))
  const shared = Math.min(own, ...runs.flat().map(({ loss }) => loss.length))
  const spans = series.map(({ name }) => {
    const there = [series, ...runs]
      .flatMap(run => run.filter(each => each.name === name))
      .map(({ loss }) => loss[shared - 1] as number)
    return `${name} from ${digits(Math.min(...there))} to ${digits(Math.max(...there))}`
  })
  return ` Thin: ${runs.length} other ${runs.length === 1 ? 'seed' : 'seeds'}${shared < own ? `, trained for ${shared} epochs` : ''}; after ${shared} epochs the ${runs.length + 1} runs lie apart: ${spans.join(', ')}.`
}

const digits = (value: number): string =>
  Math.abs(value) >= 1000 ? count(Number(value.toPrecision(3))).replace('-', '−') : value.toFixed(2).replace('-', '−')

/** Zero, and some powers of ten on either side of it as far as the values reach. */
function powers(values: readonly number[]): readonly number[] {
  const digits = (value: number): number => (value < 10 ? 0 : value.toFixed(0).length - 1)
  const [down, up] = [digits(-Math.min(...values)), digits(Math.max(...values))]
  const step = Math.max(1, Math.ceil(Math.max(down, up) / 4))
  const side = (sign: number, most: number): number[] =>
    Array.from({ length: Math.floor(most / step) }, (_, i) => sign * Number(`1e${(i + 1) * step}`))
  return [...side(-1, down).reverse(), 0, ...side(1, up)]
}
