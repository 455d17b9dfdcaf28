import { describe, expect, it } from 'vitest'
import { AGE, CHANNELS, drawPerson, INCOME, type Person } from '../../../lib/data/simulator/customer.ts'
import { EMBEDDED } from '../../../lib/data/simulator/options.ts'
import { log, Seed } from '../../../lib/numeric/index.ts'

const draw = (covariates: number): readonly Person[] =>
  Array.from({ length: 20_000 }, (_, i) => drawPerson(Seed.of(6).child(i).random(), { ...EMBEDDED, covariates }))

/** The covariates and random parts are drawn alike whatever their scale, so the effects are the difference, customer by customer. */
const plain = draw(0)
const shifted = draw(1)

describe('drawPerson', () => {
  it('shifts rates, spend and uplift by exactly the stated effects of channel, age and income', () => {
    let checked = 0
    for (const [i, person] of shifted.entries()) {
      const before = plain[i] as Person
      const channel = CHANNELS.find(({ name }) => name === person.channel) as (typeof CHANNELS)[number]
      const x = (person.age - 42) / 13
      if (person.income === null) continue
      const y = (log(person.income / 34_000) - 0.1 * x) / 0.45
      const effect = (name: 'purchase' | 'dropout' | 'spend' | 'uplift'): number =>
        channel[name] + AGE[name] * x + INCOME[name] * y
      // Income is told in hundreds, so that y is known to a few thousandths: more for the poorest.
      const close = (0.3 * 60) / person.income / 0.45 + 1e-9
      expect(Math.abs(log(person.lambda / before.lambda) - effect('purchase'))).toBeLessThan(close)
      expect(Math.abs(log((person.mu as number) / (before.mu as number)) - effect('dropout'))).toBeLessThan(close)
      expect(Math.abs(log(person.spendMean / before.spendMean) - effect('spend'))).toBeLessThan(close)
      const bounded = Math.max(-0.3, Math.min(0.4, before.uplift + effect('uplift')))
      const atBound = before.uplift === -0.3 || before.uplift === 0.4
      expect(atBound || Math.abs(person.uplift - bounded) < close).toBe(true)
      checked++
    }
    expect(checked / shifted.length).toBeCloseTo(15 / 16, 2)
  })

  it('has uplifts of both signs: most contacts help, some keep an order away', () => {
    const negative = shifted.filter(({ uplift }) => uplift < 0).length / shifted.length
    expect(negative).toBeGreaterThan(0.15)
    expect(negative).toBeLessThan(0.35)
    for (const { uplift } of shifted) expect(uplift >= -0.3 && uplift <= 0.4).toBe(true)
  })

  it('draws from Gamma(r, α) without covariates: mean and variance within four standard errors', () => {
    const n = plain.length
    const { r, alpha } = EMBEDDED
    const [mean, variance] = [r / alpha, r / (alpha * alpha)]
    expect(Math.abs(plain.reduce((sum, { lambda }) => sum + lambda, 0) / n - mean)).toBeLessThan(4 * Math.sqrt(variance / n))
    const spread = plain.reduce((sum, { lambda }) => sum + (lambda - mean) * (lambda - mean), 0) / n
    expect(Math.abs(spread - variance)).toBeLessThan(4 * variance * Math.sqrt((2 + 6 / r) / n))
  })

  it('has the hazard of its process', () => {
    for (const { hazard, mu } of shifted.slice(0, 100)) expect(hazard).toBe(mu)
    const person = drawPerson(Seed.of(7).random(), { ...EMBEDDED, process: 'bg-nbd' })
    expect(person.mu).toBeNull()
    expect(person.hazard).toBe(person.lambda * (person.p as number))
  })
})
