import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CompareError } from '../../lib/errors/index.ts'
import { meanAbsoluteError, meanSquaredError, rootMeanSquaredError, rSquared, sumRatio } from '../../lib/metrics/index.ts'
import { spending } from './arbitraries.ts'
import { ACTUAL, VALUE } from './examples.ts'

describe('errors of value', () => {
  test('MSE, RMSE, MAE and R² are those of scikit-learn 1.9.1, to 14 digits', () => {
    expect(meanSquaredError(ACTUAL, VALUE)).toBeCloseTo(149.2578125, 11)
    expect(rootMeanSquaredError(ACTUAL, VALUE)).toBeCloseTo(12.217111463025947, 12)
    expect(meanAbsoluteError(ACTUAL, VALUE)).toBeCloseTo(6.84375, 12)
    expect(rSquared(ACTUAL, VALUE)).toBeCloseTo(0.8600077854869363, 13)
  })

  test('the sum ratio is predicted over actual total', () => {
    expect(sumRatio([1, 3], [2, 4])).toBe(1.5)
  })

  test('R² of values that are all alike is undefined', () => {
    expect(rSquared([2, 2], [1, 3])).toBeNaN()
  })

  test('a perfect prediction has no error, and the mean has R² 0', () => {
    fc.assert(
      fc.property(spending, ({ actual }) => {
        expect(meanSquaredError(actual, actual)).toBe(0)
        expect(meanAbsoluteError(actual, actual)).toBe(0)
        expect(sumRatio(actual, actual)).toBe(1)
        const mean = actual.reduce((sum, each) => sum + each, 0) / actual.length
        fc.pre(new Set(actual).size > 1)
        expect(
          rSquared(
            actual,
            actual.map(() => mean),
          ),
        ).toBeCloseTo(0, 10)
      }),
    )
  })

  test('the mean absolute error is at most the root of the mean squared error', () => {
    fc.assert(
      fc.property(spending, ({ actual, predicted }) => {
        expect(meanAbsoluteError(actual, predicted)).toBeLessThanOrEqual(rootMeanSquaredError(actual, predicted) + 1e-12)
      }),
    )
  })

  test('unequal lengths, no customers and numbers that are not finite are refused by name', () => {
    expect(() => meanSquaredError([1], [1, 2])).toThrow(CompareError)
    expect(() => meanSquaredError([], [])).toThrow(/0 actual values/)
    expect(() => meanAbsoluteError([1, 2], [1, Infinity])).toThrow(/position 1/)
    expect(() => sumRatio([NaN], [1])).toThrow(CompareError)
  })
})
