import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { auc, normalisedGini } from '../../lib/metrics/index.ts'
import { returning, spending } from './arbitraries.ts'
import { ACTUAL, VALUE } from './examples.ts'

describe('normalised Gini', () => {
  test('is the ratio of areas between gain curve and diagonal by scikit-learn 1.9.1 (auc), to 14 digits', () => {
    expect(normalisedGini(ACTUAL, VALUE)).toBeCloseTo(0.9772339214570288, 13)
  })

  test('by hand: spends 4, 1, 0 foretold as 1, 2, 3 lie wholly the wrong way round', () => {
    expect(normalisedGini([4, 1, 0], [1, 2, 3])).toBeCloseTo(-1, 14)
  })

  test('lies in [-1, 1], is 1 for the actual order and 0 for one prediction for all', () => {
    fc.assert(
      fc.property(spending, ({ actual, predicted }) => {
        fc.pre(new Set(actual).size > 1)
        const gini = normalisedGini(actual, predicted)
        expect(Math.abs(gini)).toBeLessThanOrEqual(1 + 1e-12)
        expect(normalisedGini(actual, actual)).toBe(1)
        expect(
          normalisedGini(
            actual,
            actual.map(() => 7),
          ),
        ).toBeCloseTo(0, 12)
        expect(
          normalisedGini(
            actual,
            predicted.map(each => -each),
          ),
        ).toBeCloseTo(-gini, 10)
      }),
    )
  })

  test('does not change with the unit of money, a monotone change of the prediction, or the order of rows', () => {
    fc.assert(
      fc.property(spending, ({ actual, predicted }) => {
        fc.pre(new Set(actual).size > 1)
        const gini = normalisedGini(actual, predicted)
        expect(
          normalisedGini(
            actual.map(each => each * 100),
            predicted.map(each => each * each * each + 5),
          ),
        ).toBeCloseTo(gini, 10)
        expect(normalisedGini(actual.toReversed(), predicted.toReversed())).toBeCloseTo(gini, 10)
      }),
    )
  })

  test('of yes and no it is 2 AUC - 1', () => {
    fc.assert(
      fc.property(returning, ({ actual, probability }) => {
        expect(normalisedGini(actual, probability)).toBeCloseTo(2 * auc(actual, probability) - 1, 10)
      }),
    )
  })
})
