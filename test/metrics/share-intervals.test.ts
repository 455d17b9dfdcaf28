import { expect, test } from 'vitest'
import { shareIntervals, type ShareIntervals } from '../../lib/metrics/index.ts'
import { Seed } from '../../lib/numeric/index.ts'

const groups = Array.from({ length: 400 }, (_, i) => (i % 4 === 0 ? 'rare' : 'common'))
const values = Array.from({ length: 400 }, (_, i) => (i % 4 === 0 ? 10 + (i % 40) : 5))

test('a share of customers lies as widely as a binomial share', () => {
  const { customers } = shareIntervals(groups, values, { seed: Seed.of(1), resamples: 2000 }).get('rare') as ShareIntervals
  const half = 1.96 * Math.sqrt((0.25 * 0.75) / 400)
  expect((customers.high - customers.low) / 2 / half).toBeGreaterThan(0.9)
  expect((customers.high - customers.low) / 2 / half).toBeLessThan(1.1)
})

test('a share of value lies about the share itself, and shares of two groups mirror each other', () => {
  const both = shareIntervals(groups, values, { seed: Seed.of(1), resamples: 500 })
  const [rare, common] = [both.get('rare') as ShareIntervals, both.get('common') as ShareIntervals]
  const share =
    values.filter((_, i) => i % 4 === 0).reduce((sum, each) => sum + each, 0) / values.reduce((sum, each) => sum + each, 0)
  expect(rare.value.low).toBeLessThan(share)
  expect(rare.value.high).toBeGreaterThan(share)
  expect(rare.value.low).toBeCloseTo(1 - common.value.high, 12)
})

test('without resamples, or where nobody spent anything, there is none', () => {
  expect(shareIntervals(groups, values, { seed: Seed.of(1), resamples: 0 }).size).toBe(0)
  expect(
    shareIntervals(
      groups,
      values.map(() => 0),
      { seed: Seed.of(1), resamples: 20 },
    ).size,
  ).toBe(0)
})
