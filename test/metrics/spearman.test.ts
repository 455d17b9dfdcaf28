import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spearman } from '../../lib/metrics/index.ts'
import { spending } from './arbitraries.ts'
import { ACTUAL, VALUE } from './examples.ts'

describe('Spearman', () => {
  test('is that of scipy 1.17.1 with ties, to 14 digits', () => {
    expect(spearman(ACTUAL, VALUE)).toBeCloseTo(0.915555833864477, 13)
  })

  test('is symmetric, bounded, and turned round by turning one side', () => {
    fc.assert(
      fc.property(spending, ({ actual, predicted }) => {
        fc.pre(new Set(actual).size > 1 && new Set(predicted).size > 1)
        const rho = spearman(actual, predicted)
        expect(Math.abs(rho)).toBeLessThanOrEqual(1 + 1e-12)
        expect(spearman(predicted, actual)).toBeCloseTo(rho, 12)
        expect(
          spearman(
            actual,
            predicted.map(each => 3 - 2 * each),
          ),
        ).toBeCloseTo(-rho, 12)
        expect(spearman(actual, actual)).toBeCloseTo(1, 12)
      }),
    )
  })

  test('is undefined when one side is all alike', () => {
    expect(spearman([1, 2, 3], [5, 5, 5])).toBeNaN()
  })
})
