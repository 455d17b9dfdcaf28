import { expect, test } from 'vitest'
import { auc, rocBand, scoreInterval } from '../../lib/metrics/index.ts'
import { Seed } from '../../lib/numeric/index.ts'

const random = Seed.of(5).random()
const score = Float64Array.from({ length: 200 }, () => random.uniform())
const actual = score.map(each => (random.uniform() < each ? 1 : 0))
const resampling = { seed: Seed.of(2), resamples: 100 }

test('the interval of a mean is about 1.96 standard errors on either side', () => {
  const mean = (values: Float64Array): number => values.reduce((sum, each) => sum + each, 0) / values.length
  const { low, high } = scoreInterval(mean, actual, score, { ...resampling, resamples: 1000 }) as { low: number; high: number }
  const p = mean(actual)
  const half = 1.96 * Math.sqrt((p * (1 - p)) / 200)
  expect(Math.abs(low - (p - half))).toBeLessThan(0.015)
  expect(Math.abs(high - (p + half))).toBeLessThan(0.015)
})

test('holds its score, and is none without resamples or where no resample has a score', () => {
  const { low, high } = scoreInterval(auc, actual, score, resampling) as { low: number; high: number }
  expect(auc(actual, score)).toBeGreaterThan(low)
  expect(auc(actual, score)).toBeLessThan(high)
  expect(scoreInterval(auc, actual, score, { ...resampling, resamples: 0 })).toBeUndefined()
  expect(scoreInterval(() => NaN, actual, score, resampling)).toBeUndefined()
  expect(rocBand(actual, score, { ...resampling, resamples: 0 })).toEqual([])
})

test('values of unlike length are a named error', () => {
  expect(() => scoreInterval(auc, [1, 0], [1], resampling)).toThrow(/2 actual values against 1 predictions/)
})
