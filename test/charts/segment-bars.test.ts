import { expect, test } from 'vitest'
import { segmentBars } from '../../lib/charts/index.ts'
import { textWidth } from '../../lib/charts/text-width.ts'
import { layersOf, rowsOf } from './read-spec.ts'

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
    ['Champions', 'of customers', '20% of customers'],
    ['Champions', 'of spend', '90% of spend'],
    ['Lost', 'of customers', '80%'],
    ['Lost', 'of spend', '10%'],
  ])
})

test('the first pair says what bars are, in place of a legend, and the axis leaves room for its words on the narrowest page', () => {
  const chart = segmentBars({
    segments: [
      { segment: 'All', customers: 2, spend: 90 },
      { segment: 'A segment of a long name', customers: 8, spend: 10 },
    ],
  })
  expect(JSON.stringify(chart.spec)).not.toContain('"orient":"top"')
  const most = (layersOf(chart)[0]?.encoding['x']?.scale?.['domain'] as readonly number[] | undefined)?.[1] ?? NaN
  // 90% and `90% of spend` in 358 pixels, less the names and what parts them from the bars
  const plot = 358 - textWidth('A segment of a long name', 11) - 20
  expect((0.9 / most) * plot + 8 + textWidth('90% of spend', 10)).toBeCloseTo(plot, 0)
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
