import { expect, test } from 'vitest'
import { decileIntervals, deciles, type DecileIntervals } from '../../lib/metrics/index.ts'
import { exp, normal, Seed } from '../../lib/numeric/index.ts'

const random = Seed.of(12).random()
const predicted = Array.from({ length: 2000 }, () => exp(normal(random)))
const actual = predicted.map(each => each * exp(normal(random)))
const resampling = { seed: Seed.of(1), resamples: 1000 }
const found = decileIntervals(actual, [predicted], resampling) as DecileIntervals

test('hold the means of the ten groups, and the ratio of the sums', () => {
  const groups = deciles(actual, predicted, Seed.of(3).random())
  expect(found.groups).toHaveLength(10)
  groups.forEach((group, i) => {
    for (const what of ['predicted', 'actual'] as const) {
      expect(found.groups[i]?.[what].low).toBeLessThan(group[what])
      expect(found.groups[i]?.[what].high).toBeGreaterThan(group[what])
    }
  })
  const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0)
  expect(found.total.low).toBeLessThan(sum(predicted) / sum(actual))
  expect(found.total.high).toBeGreaterThan(sum(predicted) / sum(actual))
})

test('are as wide as the standard error of a group says, where it does not matter where groups are cut', () => {
  const spent = predicted.map(() => 5 + normal(random))
  const { error } = deciles(spent, predicted, Seed.of(3).random())[4] as { readonly error: number }
  const { groups } = decileIntervals(spent, [predicted], resampling) as DecileIntervals
  const { low, high } = (groups[4] as (typeof groups)[number]).actual
  // the ends of a 95% interval by 1,000 resamples err by a twentieth of it, the standard error of 200 by as much
  expect((high - low) / (2 * 1.96 * error)).toBeGreaterThan(0.88)
  expect((high - low) / (2 * 1.96 * error)).toBeLessThan(1.12)
})

test('hold what a seed does: two seeds that disagree by half lie as far apart', () => {
  const both = decileIntervals(actual, [predicted, predicted.map(each => each * 1.5)], resampling) as DecileIntervals
  expect(both.total.high / both.total.low).toBeGreaterThan(1.5)
  expect(found.total.high / found.total.low).toBeLessThan(1.4)
})

test('a customer who is drawn often may stand in two groups: with one customer all means are theirs', () => {
  expect(decileIntervals([4], [[2]], { seed: Seed.of(1), resamples: 3 })).toEqual({
    groups: [{ predicted: { low: 2, high: 2 }, actual: { low: 4, high: 4 } }],
    total: { low: 0.5, high: 0.5 },
  })
})

test('are none without resamples, or where nothing happened; unlike lengths are named', () => {
  expect(decileIntervals([1, 2], [[1, 2]], { ...resampling, resamples: 0 })).toBeUndefined()
  expect(decileIntervals([0, 0], [[1, 2]], resampling)).toBeUndefined()
  expect(() => decileIntervals([1, 2], [[1]], resampling)).toThrow(/2 actual values against 1 predictions/)
})
