import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  betaFunction,
  betaI,
  digamma,
  erf,
  erfc,
  gammaP,
  gammaQ,
  gaussLegendre,
  hyp2f1,
  lbeta,
  lgamma,
  logSumExp,
  normalCdf,
  normalQuantile,
  sum,
  trigamma,
} from '../../../lib/numeric/index.ts'
import { golden, worstRelative } from '../golden/golden.ts'

describe('mpmath 1.4.1, 60 digits: relative error', () => {
  const bounds = {
    lgamma: 2e-15,
    trigamma: 1e-14,
    gammaP: 1e-13,
    gammaQ: 1e-13,
    betaI: 1e-13,
    erf: 1e-15,
    erfc: 3e-15,
    normalCdf: 3e-13,
    normalQuantile: 2e-14,
    hyp2f1: 2e-13,
  }
  const ours = { lgamma, trigamma, gammaP, gammaQ, betaI, erf, erfc, normalCdf, normalQuantile, hyp2f1 }
  test.each(Object.entries(bounds))('%s is within %d', (name, bound) => {
    expect(worstRelative(name, ours[name as 'lgamma'])).toBeLessThan(bound)
  })

  test('digamma and lbeta, which have zeros, are within 1e-14 (1 + |value|)', () => {
    for (const [[x], value] of golden('digamma'))
      expect(Math.abs(digamma(x as number) - value)).toBeLessThan(1e-14 * (1 + Math.abs(value)))
    for (const [[a, b], value] of golden('lbeta'))
      expect(Math.abs(lbeta(a as number, b as number) - value)).toBeLessThan(1e-14 * (1 + Math.abs(value)))
  })
})

describe('edges', () => {
  test('outside their range the functions say NaN', () => {
    const outside = [
      lgamma(0),
      lgamma(-1),
      digamma(0),
      trigamma(-1),
      lbeta(0, 1),
      gammaP(0, 1),
      gammaQ(1, -1),
      betaI(1, 1, 1.1),
      normalQuantile(-0.1),
      normalQuantile(2),
    ]
    for (const value of [...outside, hyp2f1(1, 1, 1, 1), hyp2f1(1, 1, -2, 0.5), hyp2f1(1, 1, 1, 2)]) expect(value).toBeNaN()
  })

  test('the ends of their range are exact', () => {
    expect([lgamma(1), lgamma(2), lgamma(Infinity)]).toEqual([0, 0, Infinity])
    expect([gammaP(2, 0), gammaP(2, Infinity), gammaQ(2, 0), gammaQ(2, Infinity)]).toEqual([0, 1, 1, 0])
    expect([betaI(2, 3, 0), betaI(2, 3, 1)]).toEqual([0, 1])
    expect([erf(0), erf(30), erf(-30), erfc(30), erfc(-30)]).toEqual([0, 1, -1, 0, 2])
    expect([normalCdf(0), normalCdf(-40), normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([
      0.5,
      0,
      -Infinity,
      0,
      Infinity,
    ])
    expect(hyp2f1(1.5, 2.5, 3.5, 0)).toBe(1)
    expect(betaFunction(2, 3)).toBeCloseTo(1 / 12, 15)
  })
})

describe('identities', () => {
  const positive = fc.double({ min: 0.05, max: 50, noNaN: true })
  const unit = fc.double({ min: 0.001, max: 0.999, noNaN: true })

  test('log Γ(x + 1) = log Γ(x) + log x', () => {
    fc.assert(fc.property(positive, x => Math.abs(lgamma(x + 1) - lgamma(x) - Math.log(x)) < 1e-13 * (1 + Math.abs(lgamma(x)))))
  })

  test('P and Q add to 1, and I_x(a, b) to I_(1-x)(b, a)', () => {
    fc.assert(fc.property(positive, positive, (a, x) => Math.abs(gammaP(a, x) + gammaQ(a, x) - 1) < 1e-15))
    fc.assert(fc.property(positive, positive, unit, (a, b, x) => Math.abs(betaI(a, b, x) + betaI(b, a, 1 - x) - 1) < 1e-12))
  })

  test('the quantile undoes the distribution function', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }),
        p => Math.abs(normalCdf(normalQuantile(p)) / p - 1) < 1e-12,
      ),
    )
  })

  test("Euler's transformation leaves ₂F₁ as it is (Abramowitz and Stegun 15.3.3)", () => {
    const one = fc.double({ min: 0.1, max: 6, noNaN: true })
    fc.assert(
      fc.property(one, one, one, fc.double({ min: 0, max: 0.99, noNaN: true }), (a, b, extra, z) => {
        const c = a + b + extra
        const direct = hyp2f1(a, b, c, z)
        return Math.abs((1 - z) ** (c - a - b) * hyp2f1(c - a, c - b, c, z) - direct) < 1e-11 * direct
      }),
    )
  })
})

describe('sums', () => {
  test('compensation keeps what plain addition loses', () => {
    expect(sum([1, 1e100, 1, -1e100])).toBe(2)
    expect(sum(Array.from({ length: 10 }, () => 0.1))).toBe(1)
    expect([sum([]), sum([Infinity, 1]), sum([1e308, 1e308])]).toEqual([0, Infinity, Infinity])
    expect(sum([Infinity, -Infinity])).toBeNaN()
  })

  test('log Σ exp neither overflows nor underflows', () => {
    expect(logSumExp([1000, 1000])).toBeCloseTo(1000 + Math.LN2, 12)
    expect(logSumExp([-1000, -1001])).toBeCloseTo(-1000 + Math.log1p(Math.exp(-1)), 12)
    expect([logSumExp([]), logSumExp([-Infinity]), logSumExp([Infinity, 1])]).toEqual([-Infinity, -Infinity, Infinity])
    expect(logSumExp([NaN, 1])).toBeNaN()
  })
})

test.each([1, 2, 5, 8, 16, 32])('the Gauss and Legendre rule of %d points is exact below degree twice that', n => {
  const { nodes, weights } = gaussLegendre(n)
  for (let power = 0; power < 2 * n; power++) {
    const integral = nodes.reduce((total, x, i) => total + (weights[i] as number) * x ** power, 0)
    expect(Math.abs(integral - (power % 2 === 0 ? 2 / (power + 1) : 0))).toBeLessThan(1e-14)
  }
})
