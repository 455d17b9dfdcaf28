import { Chart } from './chart.ts'
import { requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { capital, significant } from './words.ts'

export interface LossSeries {
  readonly name: string
  /** One value per epoch. */
  readonly loss: ArrayLike<number>
}

/** Losses that are made small together or against each other, by epoch. Errors: `ReportError` without epochs, or values that are not finite. */
export function lossCurves({ title, what, series }: { readonly title: string; readonly what: string; readonly series: readonly LossSeries[] }): Chart {
  requireNumbers('lossCurves', ...series.map(({ loss }) => loss))
  const data = series.flatMap(({ name, loss }) => Array.from(loss, (each, i) => ({ epoch: i + 1, loss: significant(each), of: name })))
  const epochs = series[0]?.loss.length ?? 0
  const ends = series.map(({ name, loss }) => `${name} from ${(loss[0] as number).toFixed(2)} to ${(loss[loss.length - 1] as number).toFixed(2)}`)
  return new Chart({
    title,
    caption: `${capital(what)}, mean over each epoch.`,
    alt: `${series.length === 1 ? 'A line' : `${series.length} lines`} over ${epochs} epochs: ${ends.join('; ')}`,
    height: 180,
    spec: {
      data: { values: data },
      mark: { type: 'line', strokeWidth: 2, tooltip: true },
      encoding: {
        x: { field: 'epoch', type: 'quantitative', scale: { domain: [1, Math.max(2, epochs)], nice: false }, axis: { title: 'epoch', tickMinStep: 1, tickCount: 10, grid: false } },
        y: { field: 'loss', type: 'quantitative', scale: { zero: false }, axis: { title: what, tickCount: 5 } },
        color: { field: 'of', type: 'nominal', scale: { domain: series.map(({ name }) => name), range: [COLOURS.main, COLOURS.second, COLOURS.third] }, legend: series.length === 1 ? null : { title: null, orient: 'top', offset: 6 } },
      },
    },
  })
}
