import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decayIntegral, type DecayMeans } from '../../../lib/models/btyd/decay-integral.ts'
import { golden } from './golden/golden.ts'

type Six = [number, number, number, number, number, number]

test('agrees with quadrature by mpmath 1.4.1 with 30 digits, to 1e-11 of the integral', () => {
  for (const [at, value] of golden('decayIntegral')) {
    expect(Math.abs(decayIntegral(...(at as Six)) - value), at.join(', ')).toBeLessThan(1e-11 + 1e-14 * Math.abs(value))
  }
})

test('the integral over nothing is 0', () => {
  const means: DecayMeans = { logAlpha: 9, overAlpha: 9, logBeta: 9, overBeta: 9 }
  expect(decayIntegral(1, 2, 3, 4, 5, 5, means)).toBe(-Infinity)
  expect(Object.values(means)).toEqual([0, 0, 0, 0])
})

test('the means are the derivatives of the logarithm', () => {
  const draw = (min: number, max: number) => fc.double({ min, max, noNaN: true })
  fc.assert(
    fc.property(
      draw(0.1, 30),
      draw(0.1, 30),
      draw(0.2, 40),
      draw(1.1, 9),
      draw(0, 20),
      draw(1, 30),
      (alpha, beta, p, q, from, length) => {
        const means: DecayMeans = { logAlpha: 0, overAlpha: 0, logBeta: 0, overBeta: 0 }
        decayIntegral(alpha, beta, p, q, from, from + length, means)
        const slope = (value: (shift: number) => number, h: number): number => (value(h) - value(-h)) / (2 * h)
        const numeric = [
          -slope(h => decayIntegral(alpha, beta, p + h, q, from, from + length), 1e-4),
          -slope(h => decayIntegral(alpha + h, beta, p, q, from, from + length), 1e-4 * alpha) / p,
          -slope(h => decayIntegral(alpha, beta, p, q + h, from, from + length), 1e-4),
          -slope(h => decayIntegral(alpha, beta + h, p, q, from, from + length), 1e-4 * beta) / q,
        ]
        const ours = [means.logAlpha, means.overAlpha, means.logBeta, means.overBeta]
        ours.forEach((each, i) => expect(Math.abs(each - (numeric[i] as number))).toBeLessThan(1e-5 * (1 + Math.abs(each))))
      },
    ),
  )
})
