import { Chart } from './chart.ts'
import { requireData } from './require-data.ts'
import { COLOURS } from './theme.ts'

/** Loss by epoch on the customers that train and on those that validate. */
export function trainingCurves({ loss, validationLoss, what }: { readonly loss: ArrayLike<number>; readonly validationLoss: ArrayLike<number>; readonly what: string }): Chart {
  requireData('trainingCurves', loss, validationLoss)
  const of = (values: ArrayLike<number>, name: string) => Array.from(values, (each, i) => ({ epoch: i + 1, loss: each, on: name }))
  const best = Array.from(validationLoss).reduce((least, each, i, all) => (each < (all[least] as number) ? i : least), 0)
  const late = loss.length - 1 - best
  return new Chart({
    title: late > loss.length / 4 ? `Validation is best after epoch ${best + 1} of ${loss.length}: the rest only fits the training customers` : `Validation still improves near the end, best at epoch ${best + 1} of ${loss.length}`,
    caption: `${what} by epoch; dropout acts on the training curve alone, so it may lie above.`,
    alt: `Two lines over ${loss.length} epochs: training loss ends at ${(loss[loss.length - 1] as number).toFixed(3)}, validation at ${(validationLoss[loss.length - 1] as number).toFixed(3)}`,
    height: 200,
    spec: {
      data: { values: [...of(loss, 'training'), ...of(validationLoss, 'validation')] },
      mark: { type: 'line', strokeWidth: 2, tooltip: true },
      encoding: {
        x: { field: 'epoch', type: 'quantitative', axis: { title: 'epoch', tickMinStep: 1, grid: false } },
        y: { field: 'loss', type: 'quantitative', scale: { zero: false }, axis: { title: what, tickCount: 5 } },
        color: { field: 'on', type: 'nominal', scale: { range: [COLOURS.quiet, COLOURS.main] }, legend: { title: null, orient: 'top' } },
      },
    },
  })
}
