import { Chart } from './chart.ts'
import { endLabels } from './end-labels.ts'
import { label } from './marks.ts'
import { requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { capital, listed, significant } from './words.ts'

export interface LossCurves {
  /** One value per epoch. */
  readonly loss: ArrayLike<number>
  readonly validationLoss: ArrayLike<number>
}

/** Of the plot, in pixels. */
const HEIGHT = 200

/**
 * Loss by epoch on the customers that train and on those that validate; other runs, as from other seeds, are drawn thin behind, and may
 * have ended sooner or later.
 * Errors: `ReportError` without epochs, with curves of one run of unequal length, or a loss that is not finite.
 */
export function trainingCurves({
  loss,
  validationLoss,
  what,
  runs = [],
}: LossCurves & { readonly what: string; readonly runs?: readonly LossCurves[] }): Chart {
  for (const each of [{ loss, validationLoss }, ...runs]) requireNumbers('trainingCurves', each.loss, each.validationLoss)
  const epochs = loss.length
  const of = (values: ArrayLike<number>, on: string, run: number) =>
    Array.from(values, (each, i) => ({ epoch: i + 1, loss: significant(each), on, run }))
  const data = [{ loss, validationLoss }, ...runs].map((each, run) => [
    ...of(each.loss, 'training', run),
    ...of(each.validationLoss, 'validation', run),
  ])
  const best = bestOf(validationLoss)
  const bests = [validationLoss, ...runs.map(each => each.validationLoss)]
    .map(values => values[bestOf(values)] as number)
    .toSorted((a, b) => a - b)
    .map(value => value.toFixed(3))
  const encoding = {
    x: {
      field: 'epoch',
      type: 'quantitative',
      scale: { domain: [1, Math.max(2, epochs, ...runs.map(each => each.loss.length))], nice: false },
      axis: { title: 'epoch', tickMinStep: 1, tickCount: 10, grid: false },
    },
    y: { field: 'loss', type: 'quantitative', scale: { zero: false }, axis: { title: what, tickCount: 5, grid: true } },
    color: {
      field: 'on',
      type: 'nominal',
      scale: { domain: ['training', 'validation'], range: [COLOURS.quiet, COLOURS.main] },
      legend: null,
    },
    detail: { field: 'run', type: 'nominal' },
  }
  const drawn = data.flat().map(each => each.loss)
  const ends = [
    { name: 'training', at: loss[epochs - 1] as number },
    { name: 'validation', at: validationLoss[epochs - 1] as number },
  ]
  const span = [Math.min(...drawn), Math.max(...drawn)] as const
  const late = best < epochs / 2
  return new Chart({
    title: `${
      best === epochs - 1
        ? `Validation still improves at the last of ${epochs} epochs`
        : `Validation is best after epoch ${best + 1} of ${epochs}`
    }${elsewhere(runs)}${epochs - 1 - best > epochs / 4 ? ': the rest only fits the training customers' : ''}`,
    caption: `${capital(what)} by epoch; dropout acts on the training curve alone, so it may lie above.${runs.length > 0 ? ` Thin: ${runs.length} other ${runs.length === 1 ? 'seed' : 'seeds'}; over all of them the best validation lies between ${bests[0]} and ${bests.at(-1)}.` : ''}`,
    alt: `Two lines over ${epochs} epochs: training loss ends at ${(loss[epochs - 1] as number).toFixed(3)}, validation at ${(validationLoss[epochs - 1] as number).toFixed(3)}, best ${(validationLoss[best] as number).toFixed(3)} at epoch ${best + 1}`,
    height: HEIGHT,
    spec: {
      resolve: { axis: { y: 'independent' } },
      layer: [
        {
          data: { values: [{ epoch: best + 1 }] },
          mark: { type: 'rule', color: COLOURS.second, strokeDash: [4, 3], strokeWidth: 1.5 },
          encoding: { x: encoding.x },
        },
        {
          data: { values: [{ epoch: best + 1 }] },
          mark: label({ align: late ? 'left' : 'right', dx: late ? 6 : -6, y: 6 }),
          encoding: { x: encoding.x, text: { value: `best: ${(validationLoss[best] as number).toFixed(3)}` } },
        },
        ...(runs.length === 0
          ? []
          : [
              {
                data: { values: data.slice(1).flat() },
                mark: { type: 'line', strokeWidth: 1 },
                encoding: { ...encoding, y: { ...encoding.y, axis: null } },
              },
            ]),
        { data: { values: data[0] }, mark: { type: 'line', strokeWidth: 2, tooltip: true }, encoding },
        endLabels({ ends, span, height: HEIGHT, color: encoding.color }),
      ],
    },
  })
}

/** Where a loss is least, counted from 0. */
const bestOf = (loss: ArrayLike<number>): number =>
  Array.from(loss).reduce((least, each, i, all) => (each < (all[least] as number) ? i : least), 0)

/** When the other runs were best: what is said of one run may be luck. */
function elsewhere(runs: readonly LossCurves[]): string {
  if (runs.length === 0) return ''
  const epochs = runs.map(({ validationLoss }) => String(bestOf(validationLoss) + 1))
  return ` in the first run, after ${listed(epochs)} in the ${runs.length === 1 ? 'other' : 'others'}`
}
