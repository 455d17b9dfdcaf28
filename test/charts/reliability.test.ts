import { expect, test } from 'vitest'
import { reliability } from '../../lib/charts/index.ts'
import { rowsOf } from './read-spec.ts'

const groups = [
  { customers: 300, predicted: 0.1, actual: 0.2 },
  { customers: 100, predicted: 0.9, actual: 0.7 },
]

test('the mean distance and the bias weigh groups by their customers', () => {
  const chart = reliability({ model: 'A', groups })
  expect(chart.title).toBe('A is off by 12.5 points of probability on average, 2.5 points (± 4.1) too low over all')
  // √(.2 .8 / 300) and √(.7 .3 / 100) by three quarters and a quarter, in squares for the sum, times √(2/π) for the mean distance
  expect(chart.caption).toContain('chance alone would leave 2.3 points on average')
  expect(chart.alt).toBe('Dots of 2 groups, 400 customers: said 10%, happened 20%; said 90%, happened 70%')
  expect(reliability({ model: 'A', groups: [{ customers: 9, predicted: 0.5, actual: 0.505 }] }).title).toBe(
    'A is off by 0.5 points of probability on average',
  )
})

test('intervals are those of Wilson (1927): 1 of 10 is 1.79% to 40.4%, 0 of 10 is 0 to 27.8%', () => {
  const interval = (customers: number, actual: number): readonly unknown[] => {
    const [row] = rowsOf(reliability({ model: 'A', groups: [{ customers, predicted: 0.5, actual }] }), 'point')
    return [row?.['low'], row?.['high']]
  }
  expect(interval(10, 0.1)).toEqual([0.01788, 0.4042])
  expect(interval(10, 0)).toEqual([0, 0.2775])
  expect(interval(10, 1)).toEqual([0.7225, 1])
})

test('a group without a number is refused', () => {
  expect(() => reliability({ model: 'A', groups: [] })).toThrow(/nothing to draw/)
  expect(() => reliability({ model: 'A', groups: [{ customers: 1, predicted: NaN, actual: 0 }] })).toThrow(
    /reliability was given NaN/,
  )
})
