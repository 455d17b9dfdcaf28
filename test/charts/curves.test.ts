import { describe, expect, test } from 'vitest'
import { gainCurveChart, precisionRecallChart, rocChart, type ModelCurve } from '../../lib/charts/index.ts'
import { labelLines } from '../../lib/charts/curve-labels.ts'
import { layersOf, markOf, rowsOf } from './read-spec.ts'

const low: ModelCurve = {
  model: 'Low',
  points: [
    { x: 0, y: 0 },
    { x: 0.4, y: 0.5 },
    { x: 1, y: 1 },
  ],
}
const high: ModelCurve = {
  model: 'High',
  points: [
    { x: 0, y: 0 },
    { x: 0.1, y: 0.4 },
    { x: 0.3, y: 0.8 },
    { x: 1, y: 1 },
  ],
}
const drawn = (chart: Parameters<typeof rowsOf>[0]): readonly string[] => [
  ...new Set(rowsOf(chart, 'line').flatMap(row => (typeof row['model'] === 'string' ? [row['model']] : []))),
]

describe('gainCurveChart', () => {
  test('reads the share between points in proportion, best first in the legend', () => {
    const chart = gainCurveChart({ models: [low, high] })
    expect(chart.title).toBe('The 20% that High puts first bring 60% of the spend to come')
    expect(drawn(chart)).toEqual(['High: 60%', 'Low: 25%'])
    expect(chart.caption).not.toContain('dotted')
  })

  test('says what the best order could do where it is known', () => {
    expect(
      gainCurveChart({
        models: [low],
        perfect: [
          { x: 0, y: 0 },
          { x: 0.2, y: 0.9 },
          { x: 1, y: 1 },
        ],
      }).caption,
    ).toContain('The dotted curve is the best that any order could do: 90%.')
  })

  test('thins a long curve but keeps its ends', () => {
    const points = Array.from({ length: 20_001 }, (_, i) => ({ x: i / 20_000, y: (i / 20_000) ** 2 }))
    const rows = rowsOf(gainCurveChart({ models: [{ model: 'Long', points }] }), 'line').filter(row => row['model'] !== undefined)
    expect(rows.length).toBeLessThan(130)
    expect([rows[0], rows.at(-1)]).toMatchObject([
      { x: 0, y: 0 },
      { x: 1, y: 1 },
    ])
  })
})

test('rocChart names the best area, and puts it first', () => {
  const chart = rocChart({
    models: [
      { ...low, auc: 0.6 },
      { ...high, auc: 0.8125 },
    ],
  })
  expect(chart.title).toBe('High ranks who returns best of these: AUC 0.813')
  expect(drawn(chart)).toEqual(['High: AUC 0.813', 'Low: AUC 0.600'])
})

test('precisionRecallChart compares precision where half are found, beside a blind guess', () => {
  const chart = precisionRecallChart({
    baseRate: 0.25,
    models: [
      low,
      {
        model: 'Sharp',
        points: [
          { x: 0.1, y: 1 },
          { x: 0.5, y: 0.9 },
          { x: 1, y: 0.25 },
        ],
      },
    ],
  })
  expect(chart.title).toBe('To find half of those who return, Low is right about 100% of those it names; a blind guess, 25%')
  expect(rowsOf(chart, 'text')[0]).toEqual({ x: 0, y: 0.25 })
})

const band = [0, 0.5, 1].map(x => ({ x, y: x, low: x * 0.9, high: Math.min(1, x * 1.1) }))

test('the band of the best is drawn, and the curve that it belongs to; the others say theirs in words', () => {
  const chart = rocChart({
    models: [
      { ...high, auc: 0.8, band, interval: { low: 0.781, high: 0.82 } },
      { ...low, auc: 0.6, band },
    ],
  })
  expect(rowsOf(chart, 'area').filter(row => 'model' in row)).toEqual(
    band.map(({ x, low, high }) => ({ model: 'High: AUC 0.800 (0.78–0.82)', x, low, high })),
  )
  expect(rowsOf(chart, 'line').filter(({ model }) => String(model).startsWith('High'))).toEqual(
    band.map(({ x, y }) => ({ model: 'High: AUC 0.800 (0.78–0.82)', x, y })),
  )
  expect(chart.caption).toContain(
    'Shaded in blue for the first, and in brackets for each: 95% intervals over resampled customers, of the mean over seeds.',
  )
  expect(rocChart({ models: [{ ...low, auc: 0.6 }] }).caption).not.toContain('Shaded in blue')
  expect(gainCurveChart({ models: [{ ...low, band }], share: 0.5 }).title).toContain('bring 50% (45–55%) of the spend')
})

test('precision is drawn in steps, its band and its curve alike, and named where half are found', () => {
  const chart = precisionRecallChart({ baseRate: 0.3, models: [{ ...low, band }] })
  const steps = layersOf(chart).filter(layer => typeof layer.mark === 'object' && layer.mark['interpolate'] === 'step-before')
  expect(steps.map(markOf)).toEqual(['area', 'line'])
  expect(rowsOf(chart, 'rule')).toMatchObject([{ x: 0.5 }])
})

test('nobody is called best who cannot be told apart from another', () => {
  const models = [
    { ...high, auc: 0.8 },
    { ...low, auc: 0.79, tied: true },
  ]
  expect(rocChart({ models }).title).toBe('High and Low rank who returns best of these, and cannot be told apart: AUC 0.800')
})

test('how far the others lie below the best is said with its interval', () => {
  const behind = [{ x: 0.2, y: -0.021, low: -0.04, high: 0.002 }]
  expect(gainCurveChart({ models: [high, { ...low, behind }] }).caption).toContain(
    'over the same resamples: Low −2.1 (−4.0 to 0.2); where 0 lies within, the two cannot be told apart.',
  )
})

describe('names stand beside their curves', () => {
  const words = (chart: Parameters<typeof rowsOf>[0]): readonly unknown[] => rowsOf(chart, 'text').map(row => row['words'])

  test('in place of a legend, with what is said of them beneath', () => {
    const chart = gainCurveChart({ models: [low, high] })
    expect(new Set(words(chart))).toEqual(new Set(['High\n60%', 'Low\n25%']))
    expect(JSON.stringify(chart.spec)).not.toContain('"orient":"bottom"')
  })

  test('also of four models of long names whose curves nearly meet', () => {
    const bent = (bend: number) => Array.from({ length: 41 }, (_, i) => ({ x: i / 40, y: (i / 40) ** bend }))
    const models = [
      'Pareto/NBD + Gamma-Gamma, first purchase too',
      'Two-stage linear (logit × log ridge)',
      'Deep network (128-64)',
      'Last period repeats',
    ].map((model, i) => ({ model, points: bent(0.23 + i / 100), auc: 0.81 - i / 100, interval: { low: 0.79, high: 0.82 } }))
    for (const chart of [gainCurveChart({ models, perfect: bent(0.1) }), rocChart({ models })]) {
      expect(words(chart)).toHaveLength(4)
      expect(JSON.stringify(chart.spec)).not.toContain('"orient":"bottom"')
      expect(chart.caption).toContain('Shaded in grey: no better than chance.')
      // a dot would say that what stands beside the name is true there
      expect(rowsOf(chart, 'point')).toEqual([])
    }
  })

  test('long ones in short lines', () => {
    expect(labelLines('Pareto/NBD + Gamma-Gamma, first purchase too: AUC 0.811 (0.80–0.82)')).toEqual([
      'Pareto/NBD +',
      'Gamma-Gamma',
      'first purchase too',
      'AUC 0.811 (0.80–0.82)',
    ])
    expect(labelLines('Last period repeats: 66%')).toEqual(['Last period repeats', '66%'])
    expect(labelLines('Averyveryveryverylongname: 66%')).toEqual(['Averyveryveryverylongname', '66%'])
  })

  test('a legend says them where they do not fit', () => {
    const long = `A_model_whose_${'very_'.repeat(12)}long_name_no_place_is_wide_enough_for`
    const chart = gainCurveChart({ models: [low, { ...high, model: long, band }] })
    expect(words(chart)).toEqual([])
    expect(JSON.stringify(chart.spec)).toContain('"orient":"bottom"')
    expect(JSON.stringify(chart.spec)).not.toContain('"legend":null')
  })
})

test('no models, too many, and points that are no numbers are named errors', () => {
  expect(() => gainCurveChart({ models: [] })).toThrow(/nothing to draw in gainCurveChart/)
  expect(() => gainCurveChart({ models: Array.from({ length: 7 }, () => low) })).toThrow(
    /more than 6 curves cannot be told apart/,
  )
  expect(() => rocChart({ models: [{ ...low, auc: NaN }] })).toThrow(/rocChart was given NaN/)
  expect(() => precisionRecallChart({ baseRate: 0.2, models: [{ model: 'A', points: [{ x: NaN, y: 1 }] }] })).toThrow(
    /precisionRecallChart \(A\) was given NaN/,
  )
})
