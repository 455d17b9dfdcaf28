import { describe, expect, it } from 'vitest'
import { beta, categorical, exponential, gamma, normal, poisson } from '../../../lib/data/simulator/distributions.ts'
import { type Random, Seed } from '../../../lib/numeric/index.ts'

const N = 40_000

/** Name, draw, mean, variance and fourth central moment by variance squared (kurtosis), from the textbook. */
const CASES: readonly (readonly [string, (random: Random) => number, number, number, number])[] = [
  ['normal', normal, 0, 1, 3],
  ['exponential(2)', random => exponential(random, 2), 1 / 2, 1 / 4, 9],
  ['gamma(0.3, 2)', random => gamma(random, 0.3, 2), 0.15, 0.075, 3 + 6 / 0.3],
  ['gamma(3.5, 0.5)', random => gamma(random, 3.5, 0.5), 7, 14, 3 + 6 / 3.5],
  ['beta(1, 1.6)', random => beta(random, 1, 1.6), 1 / 2.6, 1.6 / (2.6 * 2.6 * 3.6), 2.2],
  ['poisson(1.3)', random => poisson(random, 1.3), 1.3, 1.3, 3 + 1 / 1.3],
]

describe('the simulator\'s distributions', () => {
  it.each(CASES)('%s has its mean and variance, within four standard errors', (name, draw, mean, variance, kurtosis) => {
    const random = Seed.of(3).child(name).random()
    const values = Array.from({ length: N }, () => draw(random))
    const found = values.reduce((a, b) => a + b) / N
    const spread = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / N
    expect(Math.abs(found - mean)).toBeLessThan(4 * Math.sqrt(variance / N))
    expect(Math.abs(spread - variance)).toBeLessThan(4 * variance * Math.sqrt((kurtosis - 1) / N))
  })

  it('beta is at one of its ends, never undefined, where its gammas vanish', () => {
    const random = Seed.of(4).random()
    const values = Array.from({ length: 20_000 }, () => beta(random, 0.001, 0.001))
    expect(values.every(value => value >= 0 && value <= 1)).toBe(true)
    expect(Math.abs(values.reduce((a, b) => a + b) / values.length - 0.5)).toBeLessThan(4 * 0.5 / Math.sqrt(20_000))
  })

  it('categorical draws each position by its weight', () => {
    const random = Seed.of(5).random()
    const counts = [0, 0, 0]
    for (let i = 0; i < N; i++) counts[categorical(random, [1, 0, 3])]!++
    expect(counts[1]).toBe(0)
    expect(Math.abs((counts[0] as number) / N - 0.25)).toBeLessThan(4 * Math.sqrt(0.25 * 0.75 / N))
  })
})
