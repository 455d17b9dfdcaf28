import { expect, test } from 'vitest'
import { ratioInterval } from '../../lib/charts/ratio-interval.ts'
import { exponential, Seed } from '../../lib/numeric/index.ts'

test('by hand: 8 of 4, residuals 1, -1, 0, 0', () => {
  const { ratio, interval } = ratioInterval([3, 1, 2, 2], [1, 1, 1, 1])
  expect(ratio).toBe(2)
  // the root of 2 · 4/3, times 1.96, over 4
  expect(interval[0]).toBeCloseTo(2 - 0.8001667, 6)
  expect(interval[1]).toBeCloseTo(2 + 0.8001667, 6)
})

test('covers the true ratio in about 95 of 100 samples', () => {
  const random = Seed.of(9).random()
  let held = 0
  for (let sample = 0; sample < 2000; sample++) {
    const below = Float64Array.from({ length: 200 }, () => exponential(random, 1))
    const above = below.map(each => 1.4 * each * (0.5 + random.uniform()))
    const [low, high] = ratioInterval(above, below).interval
    if (low <= 1.4 && 1.4 <= high) held++
  }
  // three standard errors of a share of 2,000, and what 200 customers lack of many
  expect(held / 2000).toBeGreaterThan(0.93)
  expect(held / 2000).toBeLessThan(0.965)
})

test('a sum of the same customers is never below nothing, and of one customer nothing can be said', () => {
  expect(ratioInterval([9, 0, 0], [1, 1, 1]).interval[0]).toBe(0)
  expect(ratioInterval([1], [2]).interval.every(Number.isNaN)).toBe(true)
})
