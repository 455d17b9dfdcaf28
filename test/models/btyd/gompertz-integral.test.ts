import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decayIntegral } from '../../../lib/models/btyd/decay-integral.ts'
import {
  gompertzIntegral,
  logH,
  logHByB,
  type GompertzIntegrand,
  type GompertzMeans,
} from '../../../lib/models/btyd/gompertz-integral.ts'
import { golden } from './golden/golden.ts'

const draw = (min: number, max: number) => fc.double({ min, max, noNaN: true })

test('agrees with quadrature over another variable by mpmath with 30 digits, to 1e-10 of the integral', () => {
  for (const [at, value] of golden('gompertzIntegral')) {
    const [alpha, p, b, beta, q, growth, from, to] = at as [number, number, number, number, number, 0 | 1, number, number]
    const ours = gompertzIntegral({ alpha, p, b, beta, q, growth }, from, to)
    expect(Math.abs(ours - value), at.join(', ')).toBeLessThan(1e-10 + 1e-14 * Math.abs(value))
  }
})

test('where b and β vanish together it is the integral of Pareto/NBD', () => {
  fc.assert(
    fc.property(
      draw(0.5, 30),
      draw(0.5, 30),
      draw(0.2, 40),
      draw(1.1, 9),
      draw(0, 20),
      draw(1, 30),
      (alpha, c, p, q, from, length) => {
        const b = 1e-11
        const integral = gompertzIntegral({ alpha, p, b, beta: c * b, q, growth: 1 }, from, from + length)
        expect(Math.abs(integral - decayIntegral(alpha, c, p, q, from, from + length))).toBeLessThan(1e-8)
      },
    ),
  )
})

test('the integral over nothing is 0', () => {
  const means: GompertzMeans = { logAlpha: 9, overAlpha: 9, logH: 9, overH: 9, u: 9, hByB: 9 }
  expect(gompertzIntegral({ alpha: 1, p: 2, b: 0.1, beta: 3, q: 4, growth: 1 }, 5, 5, means)).toBe(-Infinity)
  expect(Object.values(means)).toEqual([0, 0, 0, 0, 0, 0])
})

test('halves of an interval add up to the whole', () => {
  fc.assert(
    fc.property(
      draw(0.1, 30),
      draw(0, 20),
      draw(0.001, 2),
      draw(0.001, 50),
      draw(0.2, 9),
      draw(0.1, 60),
      (alpha, p, b, beta, q, to) => {
        const integrand: GompertzIntegrand = { alpha, p, b, beta, q, growth: 1 }
        const [first, second, whole] = [
          gompertzIntegral(integrand, 0, to / 3),
          gompertzIntegral(integrand, to / 3, to),
          gompertzIntegral(integrand, 0, to),
        ]
        expect(Math.abs(Math.exp(first - whole) + Math.exp(second - whole) - 1)).toBeLessThan(1e-10)
      },
    ),
  )
})

test('log h and its derivative by b stay the same across the borders of their formulas, and finite where e^(bu) is not', () => {
  for (const y of [0.01, 1, 30]) {
    const [below, above] = [y * (1 - 1e-12), y * (1 + 1e-12)].map(each => [
      logH({ b: 1, beta: 0.7 }, each),
      logHByB({ b: 1, beta: 0.7 }, each),
    ])
    above?.forEach((each, i) => expect(Math.abs(each / (below?.[i] as number) - 1)).toBeLessThan(1e-10))
  }
  expect(logH({ b: 2, beta: 5 }, 1000)).toBeCloseTo(2000 - Math.log(2), 9)
  expect(logHByB({ b: 2, beta: 5 }, 1000)).toBeCloseTo(999.5, 9)
})

test('the means are the derivatives of the logarithm', () => {
  fc.assert(
    fc.property(
      draw(0.1, 30),
      draw(0.2, 40),
      draw(0.001, 0.5),
      draw(0.01, 20),
      draw(1.1, 9),
      draw(0, 20),
      draw(1, 30),
      (alpha, p, b, beta, q, from, length) => {
        const means: GompertzMeans = { logAlpha: 0, overAlpha: 0, logH: 0, overH: 0, u: 0, hByB: 0 }
        const start = { alpha, p, b, beta, q, growth: 1 } as const
        const at = (change: Partial<GompertzIntegrand>): number => gompertzIntegral({ ...start, ...change }, from, from + length)
        gompertzIntegral(start, from, from + length, means)
        const slope = (value: (shift: number) => number, h: number): number => (value(h) - value(-h)) / (2 * h)
        const c = beta / b
        const pairs = [
          [means.logAlpha, -slope(h => at({ p: p + h }), 1e-4)],
          [means.overAlpha, -slope(h => at({ alpha: alpha + h }), 1e-4 * alpha) / p],
          [means.logH, -slope(h => at({ q: q + h }), 1e-4)],
          [means.overH, -slope(h => at({ beta: b * (c + h) }), 1e-4 * c) / q],
          [means.u - q * means.hByB, slope(h => at({ b: b + h, beta: c * (b + h) }), 1e-4 * b)],
        ] as const
        for (const [ours, numeric] of pairs) expect(Math.abs(ours - numeric)).toBeLessThan(2e-5 * (1 + Math.abs(ours)))
      },
    ),
  )
})
