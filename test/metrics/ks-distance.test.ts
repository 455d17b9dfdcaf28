import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ksDistance } from '../../lib/metrics/index.ts'

describe('ksDistance', () => {
  test('by hand: 0 for the same shares, 1 without overlap, and the largest gap between', () => {
    expect(ksDistance([1, 2, 3, 4], [4, 3, 2, 1])).toBe(0)
    expect(ksDistance([1, 1, 2, 2], [1, 2])).toBe(0)
    expect(ksDistance([1, 2], [3, 4])).toBe(1)
    // up to 2 lie two of four, and three of four
    expect(ksDistance([1, 2, 3, 4], [0, 1, 2, 9])).toBe(0.25)
  })

  test('is a distance between samples: symmetric, within 0 and 1, 0 from itself, and unmoved by a change of scale', () => {
    const sample = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const distance = ksDistance(a, b)
        expect(distance).toBe(ksDistance(b, a))
        expect(ksDistance(a, a)).toBe(0)
        expect(distance >= 0 && distance <= 1).toBe(true)
        expect(
          ksDistance(
            a.map(each => each ** 3 + 7),
            b.map(each => each ** 3 + 7),
          ),
        ).toBe(distance)
      }),
    )
  })

  test('agrees with the definition, cumulative share by cumulative share', () => {
    const sample = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 })
    const share = (values: readonly number[], at: number): number => values.filter(each => each <= at).length / values.length
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        expect(ksDistance(a, b)).toBeCloseTo(Math.max(...[...a, ...b].map(at => Math.abs(share(a, at) - share(b, at)))), 12)
      }),
    )
  })

  test('an empty sample, and a value that is missing, are named errors', () => {
    expect(() => ksDistance([], [1])).toThrow(/sample without values/)
    expect(() => ksDistance([1], [NaN])).toThrow(/not finite/)
  })
})
