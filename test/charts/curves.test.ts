import { describe, expect, test } from 'vitest'
import { gainCurveChart, precisionRecallChart, rocChart, type ModelCurve } from '../../lib/charts/index.ts'
import { rowsOf } from './read-spec.ts'

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
  expect(chart.title).toBe('High ranks who returns best: AUC 0.813')
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
  expect(rowsOf(chart, 'text')).toEqual([{ x: 0, y: 0.25 }])
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
