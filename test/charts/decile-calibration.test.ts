import { expect, test } from 'vitest'
import { decileCalibration } from '../../lib/charts/index.ts'
import { layersOf, rowsOf } from './read-spec.ts'

const title = (predicted: number, actual: number): string =>
  decileCalibration({ model: 'A', deciles: [{ customers: 5, predicted, actual }], currency: 'GBP' }).title

test('the title says how far the total is off, and which way', () => {
  expect(title(30, 20)).toBe('A predicts 50% too much in total')
  expect(title(19, 20)).toBe('A predicts 5.0% too little in total')
  expect(title(20.2, 20)).toBe('A predicts the total within 2%')
  expect(title(20, 0)).toBe('A predicts £100 where nothing was spent')
})

test('totals weigh deciles by their customers', () => {
  expect(
    decileCalibration({
      model: 'A',
      currency: '',
      deciles: [
        { customers: 1, predicted: 100, actual: 0 },
        { customers: 3, predicted: 0, actual: 100 },
      ],
    }).title,
  ).toBe('A predicts 67% too little in total')
})

test('what was spent carries its 95% interval where its error is known, never below nothing', () => {
  const drawn = (error?: number) =>
    decileCalibration({
      model: 'A',
      currency: '',
      deciles: [{ customers: 9, predicted: 5, actual: 10, ...(error === undefined ? {} : { error }) }],
    })
  expect(rowsOf(drawn(2), 'rule')).toEqual([{ decile: 1, what: 'actual', low: 6.08, high: 13.92 }])
  expect(rowsOf(drawn(20), 'rule')).toMatchObject([{ low: 0 }])
  expect(rowsOf(drawn(NaN), 'rule')).toEqual([])
  expect(rowsOf(drawn(), 'rule')).toEqual([])
})

test('both means, and the total, carry the intervals of resampled customers', () => {
  const range = (low: number) => ({ low, high: low + 2 })
  const chart = decileCalibration({
    model: 'A',
    currency: '',
    deciles: [{ customers: 9, predicted: 15, actual: 10, error: 1 }],
    intervals: { groups: [{ predicted: range(14), actual: range(9) }], total: { low: 1.31, high: 1.72 } },
    runs: 3,
  })
  expect(rowsOf(chart, 'rule')).toEqual([
    { decile: 1, what: 'predicted', low: 14, high: 16 },
    { decile: 1, what: 'actual', low: 9, high: 11 },
  ])
  expect(chart.title).toBe('A predicts 50% too much in total (131–172% of what was spent)')
  expect(chart.caption).toContain("95% intervals over resampled customers and 3 seeds, the bars being the first's")
})

test('names stand beside the first pair, at its heights, apart from one another and above the bars that follow', () => {
  const placed = (...means: readonly (readonly [number, number])[]) => {
    const chart = decileCalibration({
      model: 'A',
      currency: '',
      deciles: means.map(([predicted, actual]) => ({ customers: 9, predicted, actual })),
    })
    expect(JSON.stringify(chart.spec)).not.toContain('"orient":"top"')
    return Object.fromEntries(rowsOf(chart, 'text').map(({ what, at }) => [what, at]))
  }
  expect(placed([100, 60], [10, 10])).toEqual({ predicted: 100, actual: 60 })
  // 15 of 190 pixels are 8.13 of 103, and three more than a hundred are air
  expect(placed([100, 99], [10, 10])).toEqual({ predicted: 107.1, actual: 99 })
  expect(placed([60, 100], [10, 90])).toEqual({ predicted: 98.13, actual: 106.3 })
})

test('draws a pair of bars for each decile on an axis of plain numbers', () => {
  const chart = decileCalibration({
    model: 'A',
    currency: '',
    deciles: [
      { customers: 5, predicted: 30, actual: 20 },
      { customers: 5, predicted: 3, actual: 2 },
    ],
  })
  expect(rowsOf(chart, 'bar')).toEqual([
    { decile: 1, what: 'predicted', spend: 30 },
    { decile: 1, what: 'actual', spend: 20 },
    { decile: 2, what: 'predicted', spend: 3 },
    { decile: 2, what: 'actual', spend: 2 },
  ])
  expect(layersOf(chart)[0]?.encoding['y']?.axis).toMatchObject({ title: 'mean spend, in money', format: ',.10~g' })
})
