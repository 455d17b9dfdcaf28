import { log, pow } from '../numeric/index.ts'
import { Chart } from './chart.ts'
import { requireData } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { moneyUnit, percent } from './words.ts'

/** Predicted against actual spend, counted in cells of a logarithmic grid; those who spent nothing are said, not drawn. */
export function predictedActual({ model, predicted, actual, currency, against = 'actual spend' }: {
  readonly model: string
  readonly predicted: ArrayLike<number>
  readonly actual: ArrayLike<number>
  readonly currency: string
  readonly against?: string
}): Chart {
  requireData('predictedActual', predicted, actual)
  const STEPS = 5
  const cell = (value: number): number => (Math.floor((log(value) / Math.LN10) * STEPS) + 0.5) / STEPS
  const cells = new Map<string, { predicted: number; actual: number; customers: number }>()
  let [drawn, within] = [0, 0]
  for (let i = 0; i < predicted.length; i++) {
    const [p, a] = [predicted[i] as number, actual[i] as number]
    if (!(p > 0 && a > 0)) continue
    drawn++
    if (p / a < 2 && a / p < 2) within++
    const key = `${cell(p)} ${cell(a)}`
    const found = cells.get(key) ?? { predicted: pow(10, cell(p)), actual: pow(10, cell(a)), customers: 0 }
    found.customers++
    cells.set(key, found)
  }
  requireData('predictedActual', [...cells])
  const values = [...cells.values()].sort((a, b) => a.predicted - b.predicted || a.actual - b.actual)
  const ends = [Math.min(...values.map(each => Math.min(each.predicted, each.actual))), Math.max(...values.map(each => Math.max(each.predicted, each.actual)))]
  const axis = (title: string) => ({ title, format: '~s', tickCount: 5, grid: false })
  return new Chart({
    title: `${percent(within / drawn)} of those who spend lie within a factor of two of what ${model} said`,
    caption: `Circles count customers; on the line, prediction and ${against} agree. ${percent(1 - drawn / predicted.length)} of customers have none of it and are not drawn.`,
    alt: `Predicted spend against ${against} of ${drawn} customers, logarithmic axes`,
    height: 320,
    spec: {
      layer: [
        { data: { values: ends.map(value => ({ a: value, b: value })) }, mark: { type: 'line', color: COLOURS.second, strokeDash: [4, 3] }, encoding: { x: { field: 'a', type: 'quantitative' }, y: { field: 'b', type: 'quantitative' } } },
        {
          data: { values },
          mark: { type: 'circle', color: COLOURS.main, opacity: 0.75, tooltip: true },
          encoding: {
            x: { field: 'predicted', type: 'quantitative', scale: { type: 'log' }, axis: axis(`predicted, ${moneyUnit(currency)}`) },
            y: { field: 'actual', type: 'quantitative', scale: { type: 'log' }, axis: axis(`${against}, ${moneyUnit(currency)}`) },
            size: { field: 'customers', type: 'quantitative', scale: { range: [6, 420] }, legend: null },
          },
        },
      ],
    },
  })
}
