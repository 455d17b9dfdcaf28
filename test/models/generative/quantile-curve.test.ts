import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitColumn, scoreOf, valueOf, type CodecColumn } from '../../../lib/models/generative/codec-column.ts'
import { fitCurve, placesOf, valueAt } from '../../../lib/models/generative/quantile-curve.ts'
import { Seed } from '../../../lib/numeric/index.ts'

const money = fc.array(
  fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 100000 }).map(cents => cents / 100),
  ),
  { minLength: 2, maxLength: 400 },
)

describe('the curve of a column', () => {
  it('rises, and begins and ends with the least and the largest value', () => {
    fc.assert(
      fc.property(money, values => {
        const { at, values: own } = fitCurve(values)
        expect([at[0], at.at(-1), own[0], own.at(-1)]).toEqual([0, 1, Math.min(...values), Math.max(...values)])
        for (let i = 1; i < at.length; i++) {
          expect(at[i]).toBeGreaterThanOrEqual(at[i - 1] as number)
          expect(own[i]).toBeGreaterThanOrEqual(own[i - 1] as number)
        }
      }),
    )
  })

  it('gives a value back from the middle of its places', () => {
    fc.assert(
      fc.property(money, values => {
        const curve = fitCurve(values)
        for (const value of values) {
          const [from, to] = placesOf(curve, value)
          expect(valueAt(curve, (from + to) / 2)).toBeCloseTo(value, 6)
        }
      }),
    )
  })

  it('gives a heap its own share of places, and nothing between it and the next value that nobody has', () => {
    const curve = fitCurve([...Array.from({ length: 60 }, () => 0), ...Array.from({ length: 40 }, (_, i) => 100 + i)])
    expect(placesOf(curve, 0)).toEqual([0, 0.6])
    expect(valueAt(curve, 0.59)).toBe(0)
    expect(valueAt(curve, 0.61)).toBeGreaterThan(99)
  })

  it('puts what lies beyond at an end', () => {
    const curve = fitCurve([1, 2, 3])
    expect([placesOf(curve, 0), placesOf(curve, 4)]).toEqual([
      [0, 0],
      [1, 1],
    ])
  })
})

describe('a column', () => {
  it('has scores that are standard normal where they are spread, however heaped it is', () => {
    const random = Seed.of(3).random()
    const values = Float64Array.from({ length: 4000 }, () => Math.max(0, Math.floor(6 * random.uniform()) - 2))
    const column = fitColumn('purchases', values) as CodecColumn
    const scores = [...values].map(value => scoreOf(column, value, () => random.uniform()))
    const mean = scores.reduce((sum, each) => sum + each, 0) / scores.length
    const variance = scores.reduce((sum, each) => sum + (each - mean) ** 2, 0) / scores.length
    expect(Math.abs(mean)).toBeLessThan(0.03)
    expect(Math.abs(variance - 1)).toBeLessThan(0.05)
  })

  it('keeps whole numbers whole, and gives them back from any score of theirs', () => {
    const column = fitColumn('n', Float64Array.of(0, 0, 0, 1, 1, 2, 7)) as CodecColumn
    expect(column.whole).toBe(true)
    for (const value of [0, 1, 2, 7])
      for (const spread of [0.01, 0.5, 0.99])
        expect(
          valueOf(
            column,
            scoreOf(column, value, () => spread),
          ),
        ).toBe(value)
  })

  it('without any number is none', () => {
    expect(fitColumn('gap', Float64Array.of(NaN, NaN))).toBeUndefined()
  })
})
