import { describe, expect, test } from 'vitest'
import {
  bernoulli,
  beta,
  betaI,
  categorical,
  exp,
  exponential,
  gamma,
  gammaP,
  gammaQ,
  log,
  logNormal,
  normal,
  normalCdf,
  poisson,
  Seed,
  type Random,
} from '../../../lib/numeric/index.ts'

const COUNT = 20_000
const random = (label: string): Random => Seed.of(12).child('distributions').child(label).random()

function draws(label: string, draw: (random: Random) => number): Float64Array {
  const stream = random(label)
  return Float64Array.from({ length: COUNT }, () => draw(stream))
}

/** √n times the largest distance to the distribution function: above 1.95 once in a thousand (Kolmogorov's distribution). */
function kolmogorov(sample: Float64Array, cdf: (x: number) => number): number {
  const sorted = sample.slice().sort()
  const distance = sorted.reduce(
    (most, x, i) => Math.max(most, Math.abs(cdf(x) - i / COUNT), Math.abs(cdf(x) - (i + 1) / COUNT)),
    0,
  )
  return Math.sqrt(COUNT) * distance
}

describe('continuous draws follow their distribution function (Kolmogorov and Smirnov, 20,000 draws)', () => {
  const cases: readonly (readonly [string, (random: Random) => number, (x: number) => number])[] = [
    ['normal', normal, normalCdf],
    ['log-normal 1, 0.5', each => logNormal(each, 1, 0.5), x => normalCdf((log(x) - 1) / 0.5)],
    ['exponential 3', each => exponential(each, 3), x => 1 - exp(-3 * x)],
    ...[0.05, 0.3, 0.99, 1, 2.5, 80].map(
      shape => [`gamma ${shape}`, (each: Random) => gamma(each, shape, 4), (x: number) => gammaP(shape, 4 * x)] as const,
    ),
    ...[
      [0.8, 2.4],
      [5, 1],
      [0.2, 0.3],
      [300, 200],
    ].map(
      ([a, b]) =>
        [
          `beta ${a}, ${b}`,
          (each: Random) => beta(each, a as number, b as number),
          (x: number) => betaI(a as number, b as number, x),
        ] as const,
    ),
  ]
  test.each(cases)('%s', (label, draw, cdf) => {
    expect(kolmogorov(draws(label, draw), cdf)).toBeLessThan(1.95)
  })

  test('a beta of tiny shapes is 0 or 1, in proportion, and never NaN', () => {
    const sample = draws('tiny', each => beta(each, 0.001, 0.003))
    expect(sample.every(x => x >= 0 && x <= 1)).toBe(true)
    expect(sample.filter(x => x > 0.5).length / COUNT).toBeCloseTo(0.25, 1)
  })
})

describe('counts follow their probabilities (chi-square, 20,000 draws)', () => {
  test.each([0.1, 1, 5, 9.99, 10, 30, 500, 1e6])('poisson with mean %d', mean => {
    const sample = draws(`poisson ${mean}`, each => poisson(each, mean))
    const sd = Math.sqrt(mean)
    const edges = Array.from({ length: 12 }, (_, i) => Math.floor(mean + (i - 5.5) * 0.5 * sd))
    const bounds = [...new Set(edges.filter(edge => edge >= 0))]
    const cdf = [...bounds.map(k => gammaQ(k + 1, mean)), 1]
    const seen = [...bounds, Infinity].map(k => sample.filter(x => x <= k).length)
    let chiSquare = 0
    let cells = 0
    cdf.forEach((upTo, i) => {
      const expected = COUNT * (upTo - (cdf[i - 1] ?? 0))
      const counted = (seen[i] as number) - (seen[i - 1] ?? 0)
      if (expected < 1) return
      chiSquare += (counted - expected) ** 2 / expected
      cells++
    })
    expect(1 - gammaP((cells - 1) / 2, chiSquare / 2)).toBeGreaterThan(0.001)
    expect(sample.every(Number.isInteger)).toBe(true)
  })

  test('poisson of mean 0 is 0', () => expect(poisson(random('none'), 0)).toBe(0))

  test('bernoulli', () => {
    const yes = draws('bernoulli', each => (bernoulli(each, 0.3) ? 1 : 0)).reduce((sum, x) => sum + x, 0)
    expect(Math.abs(yes - 0.3 * COUNT)).toBeLessThan(3.3 * Math.sqrt(COUNT * 0.21))
    expect([bernoulli(random('0'), 0), bernoulli(random('1'), 1)]).toEqual([false, true])
  })

  test('categorical, which never draws a weight of 0', () => {
    const weights = [0, 1, 0, 3, 6, 0]
    const sample = draws('categorical', each => categorical(each, weights))
    weights.forEach((weight, i) => {
      const p = weight / 10
      expect(Math.abs(sample.filter(x => x === i).length - p * COUNT)).toBeLessThanOrEqual(3.5 * Math.sqrt(COUNT * p * (1 - p)))
    })
  })
})
