import type { Decile } from '../metrics/index.ts'
import { Chart } from './chart.ts'
import { PLAIN } from './marks.ts'
import { requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { money, moneyUnit, percent, significant } from './words.ts'

/** A decile, with the standard error of its actual mean where it is known. */
export type DrawnDecile = Omit<Decile, 'error'> & Partial<Pick<Decile, 'error'>>

/**
 * Mean predicted and mean actual spend in ten equal groups by prediction.
 * Errors: `ReportError` without groups, or with a mean that is not finite.
 */
export function decileCalibration({
  model,
  deciles,
  currency,
}: {
  readonly model: string
  readonly deciles: readonly DrawnDecile[]
  readonly currency: string
}): Chart {
  requireNumbers(
    'decileCalibration',
    deciles.map(each => each.customers),
    deciles.map(each => each.predicted),
    deciles.map(each => each.actual),
  )
  const predicted = deciles.reduce((sum, each) => sum + each.predicted * each.customers, 0)
  const actual = deciles.reduce((sum, each) => sum + each.actual * each.customers, 0)
  const off = predicted / actual - 1
  const first = deciles[0] as DrawnDecile
  const data = deciles.flatMap((each, i) => [
    { decile: i + 1, what: 'predicted', spend: significant(each.predicted) },
    { decile: i + 1, what: 'actual', spend: significant(each.actual) },
  ])
  const ranges = deciles.flatMap(({ actual: mean, error = NaN }, i) =>
    Number.isFinite(error)
      ? [
          {
            decile: i + 1,
            what: 'actual',
            low: significant(Math.max(0, mean - 1.96 * error)),
            high: significant(mean + 1.96 * error),
          },
        ]
      : [],
  )
  const total =
    actual <= 0
      ? `${money(predicted, currency)} where nothing was spent`
      : Math.abs(off) < 0.02
        ? 'the total within 2%'
        : `${percent(Math.abs(off))} too ${off > 0 ? 'much' : 'little'} in total`
  const x = {
    field: 'decile',
    type: 'ordinal',
    axis: { title: 'decile of the prediction (1: highest)', labelAngle: 0, ticks: false },
  }
  const xOffset = { field: 'what', sort: ['predicted', 'actual'], scale: { domain: ['predicted', 'actual'] } }
  const y = { type: 'quantitative', axis: { title: `mean spend, ${moneyUnit(currency)}`, format: PLAIN, tickCount: 5 } }
  return new Chart({
    title: `${model} predicts ${total}`,
    caption:
      'Ten equal groups of customers, the highest predictions first. Bars of one height in each pair would be perfect.' +
      (ranges.length > 0 ? ' Lines are 95% intervals of what the group’s customers spent on average.' : ''),
    alt: `Pairs of bars by decile: the first decile was predicted at ${money(first.predicted, currency)} and spent ${money(first.actual, currency)} on average`,
    height: 220,
    spec: {
      layer: [
        {
          data: { values: data },
          mark: { type: 'bar', tooltip: true },
          encoding: {
            x,
            xOffset,
            y: { ...y, field: 'spend' },
            color: {
              field: 'what',
              type: 'nominal',
              scale: { domain: ['predicted', 'actual'], range: [COLOURS.main, COLOURS.second] },
              legend: { title: null, orient: 'top', offset: 6 },
            },
          },
        },
        ...(ranges.length === 0
          ? []
          : [
              {
                data: { values: ranges },
                mark: { type: 'rule', strokeWidth: 1.5 },
                encoding: { x, xOffset, y: { ...y, field: 'low' }, y2: { field: 'high' } },
              },
            ]),
      ],
    },
  })
}
