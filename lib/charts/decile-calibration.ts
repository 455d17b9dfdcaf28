import type { Decile } from '../metrics/index.ts'
import { Chart } from './chart.ts'
import { requireData } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { moneyUnit, percent } from './words.ts'

/** Mean predicted and mean actual spend in ten equal groups by prediction. */
export function decileCalibration({ model, deciles, currency }: { readonly model: string; readonly deciles: readonly Decile[]; readonly currency: string }): Chart {
  requireData('decileCalibration', deciles)
  const predicted = deciles.reduce((sum, each) => sum + each.predicted * each.customers, 0)
  const actual = deciles.reduce((sum, each) => sum + each.actual * each.customers, 0)
  const off = predicted / actual - 1
  const data = deciles.flatMap((each, i) => [
    { decile: i + 1, what: 'predicted', spend: each.predicted },
    { decile: i + 1, what: 'actual', spend: each.actual },
  ])
  return new Chart({
    title: `${model} predicts ${Math.abs(off) < 0.02 ? 'the total within 2%' : `${percent(Math.abs(off))} too ${off > 0 ? 'much' : 'little'} in total`}`,
    caption: 'Ten equal groups of customers, the highest predictions first.',
    alt: `Pairs of bars by decile: the first decile was predicted at ${deciles[0]?.predicted.toFixed(0)} and spent ${deciles[0]?.actual.toFixed(0)} on average`,
    height: 220,
    spec: {
      data: { values: data },
      mark: { type: 'bar', tooltip: true },
      encoding: {
        x: { field: 'decile', type: 'ordinal', axis: { title: 'decile of the prediction (1: highest)', labelAngle: 0 } },
        xOffset: { field: 'what', sort: ['predicted', 'actual'] },
        y: { field: 'spend', type: 'quantitative', axis: { title: `mean spend, ${moneyUnit(currency)}`, tickCount: 5 } },
        color: { field: 'what', type: 'nominal', scale: { domain: ['predicted', 'actual'], range: [COLOURS.main, COLOURS.second] }, legend: { title: null, orient: 'top' } },
      },
    },
  })
}
