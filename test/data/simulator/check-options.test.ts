import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkOptions } from '../../../lib/data/simulator/check-options.ts'
import { EMBEDDED, type SimulatorOptions } from '../../../lib/data/simulator/options.ts'
import { simulate } from '../../../lib/data/simulator/truth/index.ts'
import { UsageError } from '../../../lib/errors/index.ts'

const spend = EMBEDDED.spend
const campaigns = EMBEDDED.campaigns
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })

/** What is thrown, if anything. */
function refusal(options: unknown): unknown {
  try {
    checkOptions(options as never)
    return undefined
  } catch (error) {
    return error
  }
}

describe('checkOptions', () => {
  it('fills in what is embedded, and takes nothing that a caller could change later', () => {
    expect(checkOptions({})).toEqual(EMBEDDED)
    const days = ['2024-05-01', '2023-05-01']
    const checked = checkOptions({ campaigns: { ...campaigns, days } })
    days.push('2024-12-01')
    expect(checked.campaigns.days).toEqual(['2023-05-01', '2024-05-01'])
  })

  it.each([
    [null, 'options'],
    [[], 'options'],
    ['x', 'options'],
    [{ nonsense: 1 }, 'nonsense'],
    [{ toString: 1 }, 'toString'],
    [{ customers: undefined }, 'customers'],
    [{ customers: 0 }, 'customers'],
    [{ customers: 1.5 }, 'customers'],
    [{ customers: '5' }, 'customers'],
    [{ customers: 10_000_000 }, 'customers'],
    [{ seed: 0.5 }, 'seed'],
    [{ process: 'poisson' }, 'process'],
    [{ from: '2023-02-30' }, 'from'],
    [{ from: 20230101 }, 'from'],
    [{ from: '1969-12-31' }, 'from'],
    [{ to: '2022-01-01' }, 'to'],
    [{ to: '2200-01-01' }, 'to'],
    [{ cutoff: '2022-12-31' }, 'cutoff'],
    [{ cutoff: null }, 'cutoff'],
    [{ horizons: 180 }, 'horizons'],
    [{ horizons: [0] }, 'horizons'],
    [{ horizons: [90, 90] }, 'horizons'],
    [{ r: NaN }, 'r'],
    [{ r: '0.5' }, 'r'],
    [{ r: 100, alpha: 0.5 }, 'r'],
    [{ alpha: 0 }, 'alpha'],
    [{ growth: -1 }, 'growth'],
    [{ covariates: 4 }, 'covariates'],
    [{ spend: {} }, 'spend.p'],
    [{ spend: null }, 'spend'],
    [{ spend: 4 }, 'spend'],
    [{ spend: { ...spend, q: 1 } }, 'spend.q'],
    [{ spend: { ...spend, gamma: '30' } }, 'spend.gamma'],
    [{ spend: { ...spend, mean: 1 } }, 'mean'],
    [{ spend: { p: 1000, q: 1.001, gamma: 1000 } }, 'spend'],
    [{ campaigns: null }, 'campaigns'],
    [{ campaigns: [] }, 'campaigns'],
    [{ campaigns: {} }, 'campaigns.days'],
    [{ campaigns: { ...campaigns, days: '2023-05-08' } }, 'campaigns.days'],
    [{ campaigns: { ...campaigns, days: [null] } }, 'campaigns.days'],
    [{ campaigns: { ...campaigns, days: ['2024-12-29'] } }, 'campaigns.days'],
    [{ campaigns: { ...campaigns, days: ['2023-05-08', '2023-05-21'] } }, 'campaigns.days'],
    [{ campaigns: { ...campaigns, share: 1.1 } }, 'campaigns.share'],
    [{ campaigns: { ...campaigns, window: 0 } }, 'campaigns.window'],
  ])('refuses %j and names %s', (options, name) => {
    const error = refusal(options)
    expect(error).toBeInstanceOf(UsageError)
    expect((error as UsageError).what).toMatch(new RegExp(`(^| )${name.replace('.', '\\.')}( |$)`))
    expect((error as UsageError).remedy).toBeTruthy()
  })

  it('takes any JSON value without any error but its own', () => {
    const names = fc.constantFrom(...Object.keys(EMBEDDED))
    fc.assert(
      fc.property(names, fc.jsonValue(), (name, value) => {
        expect(refusal({ [name]: value }) ?? new UsageError({ code: 'none', what: 'taken' })).toBeInstanceOf(UsageError)
      }),
      { numRuns: 400 },
    )
  })

  it('takes only what can be simulated: times in the log, whole cents, finite truth', () => {
    const options: fc.Arbitrary<Partial<SimulatorOptions>> = fc.record({
      seed: fc.maxSafeInteger(),
      process: fc.constantFrom('pareto-nbd' as const, 'bg-nbd' as const),
      r: number(0.001, 5),
      alpha: number(1, 1000),
      s: number(0.001, 1000),
      beta: number(0.1, 1e6),
      a: number(0.001, 1000),
      b: number(0.001, 1000),
      growth: number(0.001, 1000),
      covariates: number(0, 3),
      spend: fc.record({ p: number(0.01, 10), q: number(1.1, 1000), gamma: number(0.001, 1000) }),
      campaigns: fc.record({
        days: fc.constantFrom([], ['2023-12-25'], campaigns.days),
        share: number(0, 1),
        window: fc.integer({ min: 1, max: 60 }),
      }),
      horizons: fc.uniqueArray(fc.integer({ min: 1, max: 3660 }), { maxLength: 4 }),
    })
    fc.assert(
      fc.property(options, given => {
        const end = Date.parse(EMBEDDED.to) / 1000
        for (const { birth, person, events, campaigns: truths, horizons } of simulate({ ...given, customers: 3 })) {
          expect(events.some(({ kind, seconds }) => kind === 'purchase' && seconds === birth)).toBe(true)
          for (const { seconds, cents } of events)
            expect(Number.isSafeInteger(cents) && Number.isInteger(seconds) && seconds >= birth && seconds < end).toBe(true)
          for (const value of [person.lambda, person.hazard, person.spendMean, person.uplift])
            expect(Number.isFinite(value)).toBe(true)
          for (const { purchases0, purchases1, value1 } of truths)
            expect(Math.abs(purchases1 - purchases0) <= 1 && purchases1 >= 0 && value1 >= 0).toBe(true)
          for (const { ifAlive, expected } of horizons)
            expect(
              (Number.isNaN(ifAlive) && Number.isNaN(expected)) || (ifAlive >= 0 && expected >= 0 && expected <= ifAlive),
            ).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })
})
