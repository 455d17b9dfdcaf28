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

test('no segments are nothing to draw', () => {
  expect(() => segmentBars({ segments: [] })).toThrow(/nothing to draw in segmentBars/)
})
