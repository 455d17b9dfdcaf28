import { expect, test } from 'vitest'
import { percentileInterval } from '../../lib/metrics/index.ts'

test('the interval is that of numpy.percentile (2.5, 97.5)', () => {
  expect(percentileInterval(Float64Array.from([3, 1, 2, 5, 4, 9]))).toEqual({ low: 1.125, high: 8.5 })
})

test('resamples without a score are left out; without any there is no interval', () => {
  expect(percentileInterval(Float64Array.from([NaN, 2, 2]))).toEqual({ low: 2, high: 2 })
  expect(percentileInterval(Float64Array.from([NaN]))).toBeUndefined()
})
