import { describe, expect, test } from 'vitest'
import {
  bgNbdBuysAgain,
  bgNbdExpectedPurchases,
  fitBgNbd,
  fitGammaGamma,
  fitMbgNbd,
  fitParetoNbd,
  group,
  mbgNbdBuysAgain,
  mbgNbdExpectedPurchases,
  paretoNbdBuysAgain,
  paretoNbdExpectedPurchases,
  type Fit,
  type Groups,
} from '../../../lib/models/btyd/index.ts'
import { exp, gamma, log, Seed, type Random } from '../../../lib/numeric/index.ts'
import { simulated, type Histories } from './simulated-populations.ts'

const root = Seed.of(8).child('btyd')
const grouped = ({ frequency, recency, T }: Histories, unit: number): Groups => group(frequency, recency, T, unit)
const between = (random: Random, low: number, high: number): number => exp(log(low) + (log(high) - log(low)) * random.uniform())

describe('BG/NBD on 20,000 simulated customers', () => {
  const truth = [0.8, 6, 0.6, 2] as const
  const fit = fitBgNbd(grouped(simulated(truth, 20_000, root.child('recovery').random()), 7))

  test('gives back the true parameters within three standard errors', () => {
    const { parameters, standardErrors, note } = fit
    expect(note).toBe('')
    const errors = standardErrors as NonNullable<typeof standardErrors>
    expect(Math.abs(parameters.r - truth[0])).toBeLessThan(3 * errors.r)
    expect(Math.abs(parameters.a - truth[2])).toBeLessThan(3 * errors.a)
    expect(Math.abs(parameters.b - truth[3])).toBeLessThan(3 * errors.b)
    // purchases of one day are merged, so the rate looks a little lower
    expect(Math.abs(parameters.alpha / truth[1] - 1)).toBeLessThan(0.1)
  })

  test('has standard errors of the size that 20,000 customers allow', () => {
    const { parameters, standardErrors } = fit
    expect((standardErrors?.r ?? NaN) / parameters.r).toBeGreaterThan(0.01)
    expect((standardErrors?.r ?? NaN) / parameters.r).toBeLessThan(0.05)
  })
})

test('Gamma-Gamma on 5,000 simulated customers gives back the true parameters within three standard errors', () => {
  const random = root.child('spend').random()
  const truth = { p: 6, q: 4, gamma: 15 }
  const x = Float64Array.from({ length: 5000 }, () => 1 + random.integer(8))
  const z = x.map(n => gamma(random, truth.p * n, n * gamma(random, truth.q, truth.gamma)))
  const { parameters, standardErrors } = fitGammaGamma(x, z)
  for (const name of ['p', 'q', 'gamma'] as const) {
    expect(Math.abs(parameters[name] - truth[name])).toBeLessThan(3 * (standardErrors?.[name] ?? NaN))
  }
})

describe('populations of 2,000, many of them on flat ridges', () => {
  type Forecast = (parameters: never, x: number, tx: number, T: number, t: number) => number
  const models: readonly (readonly [string, (groups: Groups) => Fit<object>, Forecast, Forecast])[] = [
    ['BG/NBD', fitBgNbd, bgNbdExpectedPurchases, bgNbdBuysAgain],
    ['MBG/NBD', fitMbgNbd, mbgNbdExpectedPurchases, mbgNbdBuysAgain],
    ['Pareto/NBD', fitParetoNbd, paretoNbdExpectedPurchases, paretoNbdBuysAgain],
  ]
  const populations = Array.from({ length: 12 }, (_, i) => {
    const random = root.child('ridges').child(i).random()
    const b = between(random, i % 2 === 0 ? 0.3 : 3, 8)
    return simulated([between(random, 0.05, 5), between(random, 1, 50), between(random, 0.1, 3), b], 2000, random)
  })

  test.each(models)(
    '%s converges in weeks and in days to the same likelihood, and forecasts only finite numbers',
    (_, fit, purchases, buysAgain) => {
      for (const histories of populations) {
        const [weeks, days] = [7, 1].map(unit => fit(grouped(histories, unit))) as [Fit<object>, Fit<object>]
        expect([weeks.converged, days.converged]).toEqual([true, true])
        const perUnit = histories.frequency.reduce((sum, x) => sum + x, 0) * Math.log(7)
        expect(Math.abs(weeks.logLikelihood - days.logLikelihood - perUnit)).toBeLessThan(1e-5)
        const { x, tx, T } = grouped(histories, 7)
        for (let i = 0; i < x.length; i += 5) {
          const history = [x[i] as number, tx[i] as number, T[i] as number, 39] as const
          const probability = buysAgain(weeks.parameters as never, ...history)
          const expected = purchases(weeks.parameters as never, ...history)
          expect(probability >= 0 && probability <= 1 && expected >= 0 && expected < Infinity, history.join(', ')).toBe(true)
        }
      }
    },
  )
})

describe('the doctor', () => {
  // everybody buys every fortnight to the end: nobody leaves, and all buy alike
  const loyal = group(
    Float64Array.from({ length: 300 }, (_, i) => 10 + (i % 5)),
    Float64Array.from({ length: 300 }, (_, i) => 196 - (i % 3)),
    new Float64Array(300).fill(196),
    7,
  )

  test.each([
    ['BG/NBD', fitBgNbd],
    ['MBG/NBD', fitMbgNbd],
    ['Pareto/NBD', fitParetoNbd],
  ] as const)('%s says that nobody is seen to leave', (_, fit) => {
    const { note, standardErrors, converged } = fit(loyal)
    expect(converged).toBe(true)
    expect(note).toMatch(/edge of the search/)
    expect(note).toMatch(/almost flat along/)
    expect(note).toMatch(/hardly anybody is seen to leave/)
    expect(standardErrors).toBeUndefined()
  })

  test('says that a + b is below 1', () => {
    const { note, parameters } = fitBgNbd(grouped(simulated([1, 5, 0.2, 0.3], 3000, root.child('extreme').random()), 7))
    expect(parameters.a + parameters.b).toBeLessThan(1)
    expect(note).toMatch(/a \+ b is below 1/)
  })

  test('has nothing to say of the CDNOW-like', () => {
    expect(fitBgNbd(grouped(simulated([0.3, 5, 0.8, 2.4], 3000, root.child('plain').random()), 7)).note).toBe('')
  })
})
