import { expect, test } from 'vitest'
import { comparisonPlot } from '../../lib/charts/index.ts'
import { layersOf, markOf, rowsOf } from './read-spec.ts'

const a = { title: 'A', family: 'baseline', value: 0.5, low: 0.4, high: 0.6 }

test('the title names the best, by the direction of the measure, and how many cannot be told apart from it', () => {
  expect(comparisonPlot({ measure: 'Gini', better: 'higher', models: [a, { title: 'B', value: 0.7 }] }).title).toBe(
    'B is best by Gini: 0.700',
  )
  const models = [
    { title: 'B', value: 1055, tied: true },
    { title: 'C', value: 1050 },
    { title: 'D', value: 1060, tied: true },
    { title: 'E', value: 2000 },
  ]
  expect(comparisonPlot({ measure: 'RMSE', better: 'lower', models }).title).toBe(
    'C leads by RMSE: 1,050, not told apart from 2 others',
  )
})

test('the interval of the best stands in the title, in whole numbers where the values are large', () => {
  const title = (value: number, low: number, high: number) =>
    comparisonPlot({ measure: 'm', better: 'higher', models: [{ title: 'B', value, low, high }] }).title
  expect(title(0.7, 0.651, 0.7489)).toBe('B is best by m: 0.700 (0.651–0.749)')
  expect(title(1060, 1001.4, 1121)).toBe('B is best by m: 1,060 (1,001–1,121)')
})

test('a published figure that is better still stands in the title', () => {
  const peers = [
    { title: 'P', value: 0.723 },
    { title: 'Q', value: 0.6 },
  ]
  expect(comparisonPlot({ measure: 'Gini', better: 'higher', models: [a, { title: 'B', value: 0.72 }], peers }).title).toBe(
    'B is best by Gini: 0.720; P is published at 0.723',
  )
})

test('a model so far off that nothing else could be told apart is said, not drawn', () => {
  const models = [0.75, 0.74, 0.72, 0.66, 0].map((value, i) => ({ title: `M${i}`, value }))
  const chart = comparisonPlot({ measure: 'Gini', better: 'higher', models })
  expect(rowsOf(chart, 'point').map(each => each['title'])).toEqual(['M0', 'M1', 'M2', 'M3'])
  expect(chart.caption).toContain('Beyond the axis: M4, 0.000.')
  const wide = [0.811, 0.805, 0.803, 0.799, 0.75].map((value, i) => ({
    title: `M${i}`,
    value,
    low: value - 0.01,
    high: value + 0.01,
  }))
  expect(comparisonPlot({ measure: 'AUC', better: 'higher', models: wide }).caption).not.toContain('Beyond the axis')
})

test("models come best first, peers among them, one that shares a model's title in its row", () => {
  const chart = comparisonPlot({
    measure: 'Gini',
    better: 'higher',
    models: [a, { title: 'B', value: 0.7 }],
    peers: [
      { title: 'P', value: 0.6 },
      { title: 'A', value: 0.52 },
    ],
  })
  expect(layersOf(chart)[0]?.encoding['y']).toMatchObject({ sort: ['B', 'P', 'A'] })
  expect(rowsOf(chart, 'point').map(each => each['title'])).toEqual(['B', 'A', 'P', 'A'])
  expect(chart.caption).toContain('Hollow: published figures')
})

test('an interval is drawn only where there is one; baselines are quiet, and the caption says so', () => {
  const chart = comparisonPlot({ measure: 'Gini', better: 'higher', models: [a, { title: 'B', value: 0.7 }] })
  expect(rowsOf(chart, 'rule')).toEqual([{ title: 'A', family: 'baseline', value: 0.5, text: '0.500', low: 0.4, high: 0.6 }])
  expect(chart.caption).toBe(
    'Gini, higher is better. Lines, and brackets: 95% intervals over resampled customers, of the mean over seeds. Grey: naive baselines.',
  )
  expect(layersOf(chart).filter(layer => markOf(layer) === 'point')).toHaveLength(1)
})

test('what is not a number is refused, not left out', () => {
  expect(() => comparisonPlot({ measure: 'Gini', better: 'higher', models: [{ title: 'A', value: NaN }] })).toThrow(
    /comparisonPlot was given NaN/,
  )
  expect(() => comparisonPlot({ measure: 'Gini', better: 'higher', models: [{ ...a, high: Infinity }] })).toThrow(/Infinity/)
  expect(() => comparisonPlot({ measure: 'Gini', better: 'higher', models: [] })).toThrow(/nothing to draw/)
})
