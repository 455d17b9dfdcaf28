import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decileMape, deciles } from '../../lib/metrics/index.ts'
import { Seed } from '../../lib/numeric/index.ts'
import { spending } from './arbitraries.ts'

const random = () => Seed.of(3).random()

describe('deciles', () => {
  test('decile MAPE of 25 customers is that of numpy, to 14 digits; one group spends nothing', () => {
    const predicted = Array.from({ length: 25 }, (_, i) => ((7 * i) % 25) + 1)
    const actual = Array.from({ length: 25 }, (_, i) => (i % 3 === 0 ? 0 : ((3 * i) % 11) * 2))
    const { value, leftOut } = decileMape(deciles(actual, predicted, random()))
    expect(value).toBeCloseTo(1.8801555656818811, 13)
    expect(leftOut).toBe(1)
  })

  test('each mean carries its standard error, sd / √n by hand; a group of one has none', () => {
    const groups = deciles(
      Float64Array.from({ length: 30 }, (_, i) => [1, 2, 6][i % 3] as number),
      Array.from({ length: 30 }, (_, i) => -Math.floor(i / 3)),
      random(),
    )
    expect(groups[0]?.error).toBeCloseTo(Math.sqrt(7 / 3), 12)
    expect(deciles([1], [1], random())[0]?.error).toBeNaN()
  })

  test('groups without actual spend are left out and counted', () => {
    const actual = Array.from({ length: 20 }, (_, i) => (i < 4 ? 0 : 10))
    const predicted = Array.from({ length: 20 }, (_, i) => i + 1)
    const groups = deciles(actual, predicted, random())
    expect(groups.at(-1)).toEqual({ customers: 2, predicted: 1.5, actual: 0, error: 0 })
    const { value, leftOut } = decileMape(groups)
    expect(leftOut).toBe(2)
    const byHand =
      [19.5, 17.5, 15.5, 13.5, 11.5, 9.5, 7.5, 5.5].map(each => Math.abs(each - 10) / 10).reduce((sum, each) => sum + each, 0) / 8
    expect(value).toBeCloseTo(byHand, 12)
  })

  test('ties are broken at random, alike for the same seed', () => {
    const actual = Array.from({ length: 40 }, (_, i) => i)
    const flat = actual.map(() => 1)
    const once = deciles(actual, flat, Seed.of(1).random())
    expect(deciles(actual, flat, Seed.of(1).random())).toEqual(once)
    expect(deciles(actual, flat, Seed.of(2).random())).not.toEqual(once)
    expect(once.map(group => group.actual)).not.toEqual(deciles(actual, actual, random()).map(group => group.actual))
  })

  test('every customer is in one group, sizes differ by one at most, predictions fall', () => {
    fc.assert(
      fc.property(spending, ({ actual, predicted }) => {
        const groups = deciles(actual, predicted, random())
        expect(groups.reduce((sum, { customers }) => sum + customers, 0)).toBe(actual.length)
        const sizes = groups.map(({ customers }) => customers)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        groups.slice(1).forEach((group, i) => expect(group.predicted).toBeLessThanOrEqual((groups[i]?.predicted ?? 0) + 1e-12))
        const total = groups.reduce((sum, { customers, actual }) => sum + customers * actual, 0)
        expect(total).toBeCloseTo(
          actual.reduce((sum, each) => sum + each, 0),
          9,
        )
      }),
    )
  })
})
