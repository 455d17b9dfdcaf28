import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { correlationGap, percentilePositions } from '../../lib/metrics/index.ts'

describe('percentilePositions', () => {
  test('by hand: the quartiles of 0 … 9 shifted by 5 lie at .75, 1 and 1 of 0 … 9, shifted by 2 at .45, .7 and .95', () => {
    const real = Array.from({ length: 10 }, (_, i) => i)
    const at = (shift: number): readonly number[] =>
      percentilePositions(
        real,
        real.map(each => each + shift),
      ).map(each => Number(each.toFixed(12)))
    expect(at(5)).toEqual([0.75, 1, 1])
    expect(at(2)).toEqual([0.45, 0.7, 0.95])
  })

  test('a quantile among ties takes its part of them, and missing values do not count', () => {
    expect(percentilePositions([0, 0, 0, 1], [0, NaN])).toEqual([0.1875, 0.375, 0.5625])
  })

  test('of any values among themselves, ties or not, are the quantiles', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 30 }), values => {
        percentilePositions(values, values).forEach((each, i) => expect(each).toBeCloseTo([0.25, 0.5, 0.75][i] as number, 12))
      }),
    )
  })

  test('never decreases with the quantile, and stays within 0 and 1', () => {
    const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(values, values, (real, made) => {
        const [low, middle, high] = percentilePositions(real, made) as [number, number, number]
        return 0 <= low && low <= middle && middle <= high && high <= 1
      }),
    )
  })

  test('without values it is a named error', () => {
    expect(() => percentilePositions([NaN], [1])).toThrow(/no real values/)
  })
})

describe('correlationGap', () => {
  const x = [1, 2, 3, 4]
  test('is 0 for the same relations, and 2 for the opposite ones', () => {
    expect(correlationGap([x, x.map(each => each * each)], [x, x])).toBe(0)
    expect(correlationGap([x, x], [x, x.toReversed()])).toBeCloseTo(2, 12)
  })

  test('leaves out rows that miss a value, and columns without any spread', () => {
    expect(
      correlationGap(
        [
          [1, 2, 3, NaN],
          [1, 2, 3, 0],
        ],
        [x, x],
      ),
    ).toBe(0)
    expect(correlationGap([x, [1, 1, 1, 1]], [x, x])).toBeNaN()
  })
})
