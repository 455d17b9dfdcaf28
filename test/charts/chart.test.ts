import { describe, expect, test } from 'vitest'
import { Chart, comparisonPlot, confusionMatrix, decileCalibration, drawPng, gainCurveChart, predictedActual, purchasesOverTime, rfmHeatmap, segmentBars, trainingCurves, valueDistribution } from '../../lib/charts/index.ts'
import { ReportError } from '../../lib/errors/index.ts'
import { DISPLAY } from '../../lib/schema/index.ts'

const values = Float64Array.from({ length: 200 }, (_, i) => (i % 4 === 0 ? 0 : 1 + ((i * 37) % 101) * ((i * 7) % 13)))
const charts: readonly (readonly [string, Chart])[] = [
  ['valueDistribution', valueDistribution({ values, currency: 'GBP' })],
  ['purchasesOverTime', purchasesOverTime({ weeks: ['2024-01-01', '2024-01-08', '2024-01-15'], purchases: [3, 5, 8], cutoff: '2024-01-08', horizonEnd: '2024-01-15' })],
  ['rfmHeatmap', rfmHeatmap({ recency: [1, 5, 5], frequency: [1, 4, 5], spend: [10, 200, 300], currency: 'USD' })],
  ['segmentBars', segmentBars({ segments: [{ segment: 'Champions', customers: 2, spend: 90 }, { segment: 'Lost', customers: 8, spend: 10 }] })],
  ['trainingCurves', trainingCurves({ loss: [3, 2, 1], validationLoss: [3, 1, 2], what: 'loss' })],
  ['gainCurveChart', gainCurveChart({ models: [{ model: 'A', points: [{ x: 0, y: 0 }, { x: 0.2, y: 0.7 }, { x: 1, y: 1 }] }] })],
  ['decileCalibration', decileCalibration({ model: 'A', deciles: [{ customers: 5, predicted: 30, actual: 20 }], currency: '' })],
  ['predictedActual', predictedActual({ model: 'A', predicted: [1, 10, 100], actual: [1, 0, 90], currency: 'EUR' })],
  ['confusionMatrix', confusionMatrix({ model: 'A', truePositive: 3, falsePositive: 1, falseNegative: 2, trueNegative: 4 })],
  ['comparisonPlot', comparisonPlot({ measure: 'Gini', better: 'higher', models: [{ title: 'A', value: 0.5, low: 0.4, high: 0.6 }, { title: 'B', value: 0.7, low: 0.65, high: 0.75 }] })],
]

describe.each(charts)('%s', (_, chart) => {
  test('goes out as vega-lite 5, as a picture with its alternative text, and as text, without HTML', async () => {
    const { data, metadata } = await chart[DISPLAY]()
    expect(Object.keys(data).sort()).toEqual(['application/vnd.vegalite.v5+json', 'image/png', 'text/plain'])
    expect(Buffer.from(data['image/png'] as string, 'base64').subarray(1, 4).toString()).toBe('PNG')
    expect(metadata).toMatchObject({ 'image/png': { alt: chart.alt }, clvlab: { title: chart.title, alt: chart.alt } })
  })

  test('draws the same SVG twice, named and described, its text in the colour of the page', async () => {
    const svg = await chart.svg()
    expect(svg).toBe(await chart.svg())
    expect(svg).toContain('role="img"')
    expect(svg).toContain('<desc')
    expect(svg).toContain('currentColor')
  })
})

test('titles say the finding', () => {
  expect(comparisonPlot({ measure: 'Gini', better: 'higher', models: [{ title: 'A', value: 0.5, low: 0.4, high: 0.6 }, { title: 'B', value: 0.7, low: 0.65, high: 0.75 }] }).title).toBe('B is best by Gini: 0.700')
  expect(comparisonPlot({ measure: 'RMSE', better: 'lower', models: [{ title: 'A', value: 0.5, low: 0.4, high: 0.6 }, { title: 'B', value: 0.55, low: 0.45, high: 0.7 }] }).title).toBe('A is best by RMSE: 0.500, though intervals overlap with the next')
  expect(confusionMatrix({ model: 'A', truePositive: 3, falsePositive: 1, falseNegative: 2, trueNegative: 4 }).title).toBe('A is right about 70% of customers')
  expect(decileCalibration({ model: 'A', deciles: [{ customers: 5, predicted: 30, actual: 20 }], currency: '' }).title).toBe('A predicts 50% too much in total')
})

test('text reaches the pixels: the same chart with other words is another picture', async () => {
  const of = async (title: string): Promise<string> => (await drawPng({ data: { values: [{ a: 1 }] }, mark: 'bar', encoding: { x: { field: 'a', type: 'quantitative', axis: { title } } }, width: 100, height: 50 })).png
  expect(await of('spend')).toBe(await of('spend'))
  expect(await of('spend')).not.toBe(await of('speed'))
})

test('nothing to draw, unequal columns, no words and too much data are named errors', () => {
  expect(() => valueDistribution({ values: [], currency: '' })).toThrow(ReportError)
  expect(() => predictedActual({ model: 'A', predicted: [1], actual: [1, 2], currency: '' })).toThrow(/1 and 2 values/)
  expect(() => new Chart({ title: '', caption: '', alt: 'x', spec: {} })).toThrow(/title and an alternative text/)
  expect(() => new Chart({ title: 't', caption: '', alt: 'x', spec: { data: { values: Array.from({ length: 50_000 }, (_, i) => ({ i })) } } })).toThrow(/aggregate or sample/)
})

test('words with a dollar sign stay as they are', async () => {
  const chart = new Chart({ title: 'It cost $1 & more', caption: '', alt: 'the largest is $1,234', spec: { data: { values: [{ a: 1 }] }, mark: 'bar', encoding: { x: { field: 'a', type: 'quantitative' } } } })
  expect(await chart.svg()).toContain('<desc id="')
  expect(await chart.svg()).toContain('>the largest is $1,234</desc>')
})
