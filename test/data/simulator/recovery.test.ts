import { describe, expect, it } from 'vitest'
import { ShopClock } from '../../../lib/data/simulator/clock.ts'
import { EMBEDDED } from '../../../lib/data/simulator/options.ts'
import { simulate } from '../../../lib/data/simulator/truth/index.ts'
import {
  bgNbdLogLikelihood,
  fitBgNbd,
  fitGammaGamma,
  fitParetoNbd,
  gammaGammaLogLikelihood,
  group,
  paretoNbdLogLikelihood,
} from '../../../lib/models/btyd/index.ts'

/** 99.9% of likelihood ratio statistics are smaller when the parameters are the true ones. Source: quantiles of χ² with 3 and 4 degrees of freedom. */
const CHI2 = { 3: 16.27, 4: 18.47 } as const

/** Without covariates and campaigns, orders per customer: times in shop weeks, values in money. */
function orders(process: 'pareto-nbd' | 'bg-nbd', seed: number) {
  const clock = new ShopClock(EMBEDDED.from, EMBEDDED.to)
  const end = clock.at(Date.parse(EMBEDDED.to) / 1000)
  return simulate({ process, customers: 8000, covariates: 0, campaigns: { days: [], share: 0, window: 1 }, seed }).map(
    ({ birth, events }) => {
      const values = new Map<string, number>()
      let last = 0
      for (const { kind, orderId = '', cents, seconds } of events) {
        if (kind !== 'purchase') continue
        values.set(orderId, (values.get(orderId) ?? 0) + cents / 100)
        last = clock.at(seconds) - clock.at(birth)
      }
      return {
        x: values.size - 1,
        tx: last,
        T: end - clock.at(birth),
        mean: [...values.values()].reduce((a, b) => a + b) / values.size,
      }
    },
  )
}

type Customers = ReturnType<typeof orders>
const column = (customers: Customers, name: 'x' | 'tx' | 'T' | 'mean'): Float64Array =>
  Float64Array.from(customers, each => each[name])
const grouped = (customers: Customers) => group(column(customers, 'x'), column(customers, 'tx'), column(customers, 'T'))
/** Twice by how much the fit's likelihood exceeds that of the true parameters, and of others where one is a fifth larger. */
function ratios<P extends Readonly<Record<keyof P, number>>>(best: number, truth: P, logLikelihood: (parameters: P) => number) {
  const ratio = (parameters: P): number => 2 * (best - logLikelihood(parameters))
  return {
    truth: ratio(truth),
    others: (Object.keys(truth) as (keyof P)[]).map(name => ratio({ ...truth, [name]: 1.2 * truth[name] })),
  }
}

describe('what is simulated without covariates gives its parameters back', () => {
  it('BG/NBD', () => {
    const { r, alpha, a, b } = EMBEDDED
    const groups = grouped(orders('bg-nbd', 8))
    const fit = fitBgNbd(groups)
    const { truth, others } = ratios(fit.logLikelihood, { r, alpha, a, b }, parameters => bgNbdLogLikelihood(parameters, groups))
    expect(truth).toBeGreaterThanOrEqual(0)
    expect(truth).toBeLessThan(CHI2[4])
    for (const other of others) expect(other).toBeGreaterThan(CHI2[4])
  })

  it('Pareto/NBD', () => {
    const { r, alpha, s, beta } = EMBEDDED
    const groups = grouped(orders('pareto-nbd', 9))
    const fit = fitParetoNbd(groups)
    const { truth, others } = ratios(fit.logLikelihood, { r, alpha, s, beta }, parameters =>
      paretoNbdLogLikelihood(parameters, groups),
    )
    expect(truth).toBeGreaterThanOrEqual(0)
    expect(truth).toBeLessThan(CHI2[4])
    for (const other of others) expect(other).toBeGreaterThan(CHI2[4])
  })

  it('Gamma-Gamma', () => {
    const customers = orders('bg-nbd', 8)
    const [x, z] = [column(customers, 'x').map(repeats => repeats + 1), column(customers, 'mean')]
    const fit = fitGammaGamma(x, z)
    const { truth, others } = ratios(fit.logLikelihood, EMBEDDED.spend, parameters => gammaGammaLogLikelihood(parameters, x, z))
    expect(truth).toBeGreaterThanOrEqual(0)
    expect(truth).toBeLessThan(CHI2[3])
    for (const other of others) expect(other).toBeGreaterThan(CHI2[3])
  })
})
