import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alivePurchases } from '../../../lib/models/btyd/alive-purchases.ts'
import { golden } from './golden/golden.ts'

type Five = [number, number, number, number, number]

test('agrees with the hypergeometric formula of Fader, Hardie, Lee (2005), eq. 10, by mpmath 1.4.1 with 60 digits', () => {
  for (const [at, value] of golden('alivePurchases')) {
    expect(Math.abs(alivePurchases(...(at as Five)) / value - 1), at.join(', ')).toBeLessThan(1e-10)
  }
})

describe('where that formula is 0 / 0', () => {
  test('a = 1 lies between its neighbours', () => {
    const [below, at, above] = [0.999999, 1, 1.000001].map(a => alivePurchases(0.5, 4, a, 2.4, 39)) as [number, number, number]
    expect(below).toBeGreaterThan(at)
    expect(at).toBeGreaterThan(above)
    expect(Math.abs((below + above) / 2 / at - 1)).toBeLessThan(1e-11)
  })

  test('a + b = 1 lies between its neighbours', () => {
    const [below, at, above] = [0.599999, 0.6, 0.600001].map(b => alivePurchases(0.5, 4, 0.4, b, 39)) as [number, number, number]
    expect(Math.abs((below + above) / 2 / at - 1)).toBeLessThan(1e-11)
  })
})

describe('laws', () => {
  const positive = (min: number, max: number) => fc.double({ min: Math.log(min), max: Math.log(max), noNaN: true }).map(Math.exp)
  const parameters = fc.tuple(positive(0.01, 1000), positive(0.01, 1000), positive(1e-5, 1e5), positive(0.02, 1e5))

  test('nothing is bought in no time', () => expect(alivePurchases(1, 1, 1, 1, 0)).toBe(0))

  test('finite, and between 0 and what somebody who never leaves would buy', () => {
    fc.assert(
      fc.property(parameters, positive(0.01, 1000), ([k, rate, a, b], t) => {
        const value = alivePurchases(k, rate, a, b, t)
        expect(value).toBeGreaterThan(0)
        expect(value).toBeLessThanOrEqual(((k * t) / rate) * (1 + 1e-9))
      }),
    )
  })

  test('more time brings more purchases, ever more slowly', () => {
    fc.assert(
      fc.property(parameters, positive(0.1, 100), ([k, rate, a, b], t) => {
        const [once, twice, thrice] = [t, 2 * t, 3 * t].map(each => alivePurchases(k, rate, a, b, each)) as [
          number,
          number,
          number,
        ]
        expect(twice).toBeGreaterThanOrEqual(once * (1 - 1e-9))
        expect(thrice - twice).toBeLessThanOrEqual((twice - once) * (1 + 1e-6) + 1e-9 * once)
      }),
    )
  })

  test('the two ways of computing it meet: a hair on either side of their border gives the same', () => {
    const gap = (low: Five, high: Five): number => Math.abs(alivePurchases(...low) / alivePurchases(...high) - 1)
    expect(gap([2, 5, 20, 4, 39], [2, 5, 20 + 1e-12, 4, 39])).toBeLessThan(1e-11)
    expect(gap([2, 1, 0.7, 4, 19], [2, 1, 0.7, 4, 19 * (1 + 1e-13)])).toBeLessThan(1e-11)
  })
})
