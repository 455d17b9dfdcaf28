import { expect, test } from 'vitest'
import { segmentBars } from '../../lib/charts/index.ts'
import { rowsOf } from './read-spec.ts'

test('the largest spend comes first, with both shares', () => {
  const chart = segmentBars({
    segments: [
      { segment: 'Lost', customers: 8, spend: 10 },
      { segment: 'Champions', customers: 2, spend: 90 },
    ],
  })
  expect(chart.title).toBe('Champions: 20% of customers, 90% of spend')
  expect(chart.alt).toBe('Bars of 2 segments: Champions 90%, Lost 10% of spend')
  expect(rowsOf(chart, 'bar').map(row => [row['segment'], row['what'], row['text']])).toEqual([
    ['Champions', 'of customers', '20%'],
    ['Champions', 'of spend', '90%'],
    ['Lost', 'of customers', '80%'],
    ['Lost', 'of spend', '10%'],
  ])
})

test('intervals are drawn as lines, and words stand beyond them', () => {
  const share = { low: 0.1, high: 0.35 }
  const chart = segmentBars({
    segments: [
      { segment: 'Lost', customers: 8, spend: 10 },
      { segment: 'Champions', customers: 2, spend: 90, intervals: { customers: share, value: { low: 0.8, high: 0.95 } } },
    ],
  })
  expect(chart.caption).toContain('Lines are 95% intervals over resampled customers.')
  expect(rowsOf(chart, 'rule').map(row => [row['segment'], row['what'], row['low'], row['high']])).toEqual([
    ['Champions', 'of customers', 0.1, 0.35],
    ['Champions', 'of spend', 0.8, 0.95],
  ])
  expect(rowsOf(chart, 'bar').map(row => row['end'])).toEqual([0.35, 0.95, 0.8, 0.1])
})

test('no segments are nothing to draw', () => {
  expect(() => segmentBars({ segments: [] })).toThrow(/nothing to draw in segmentBars/)
})
