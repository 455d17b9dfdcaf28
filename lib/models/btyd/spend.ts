import { FitError } from '../../errors/index.ts'
import type { CoreRow } from '../../features/index.ts'
import type { Table } from '../../schema/index.ts'
import { fitGammaGamma, gammaGammaExpectedSpend, type GammaGamma } from './gamma-gamma.ts'

/**
 * Which purchase days the spend model sees. `repeats`: those after the first, as in the literature; `all`: the first one
 * too, which tells something of customers without a repeat.
 */
export type SpendBasis = 'repeats' | 'all'

/** Number and mean value of the purchase days that the spend model sees. */
export function spendHistory(customers: Table<CoreRow>, basis: SpendBasis): { readonly x: Float64Array; readonly z: Float64Array } {
  const frequency = customers.column('frequency')
  return basis === 'all' ? { x: frequency.map(x => x + 1), z: customers.column('mean_spend') } : { x: frequency, z: customers.column('monetary') }
}

/** Errors: `FitError` for fewer than ten customers with spend, or where the population's mean spend is infinite (q <= 1). */
export function fitSpend(customers: Table<CoreRow>, basis: SpendBasis): GammaGamma {
  const { x, z } = spendHistory(customers, basis)
  const kept = Uint32Array.from(x.keys()).filter(i => (x[i] as number) > 0 && (z[i] as number) > 0)
  if (kept.length < 10) {
    throw new FitError({ code: 'too-few-spenders', what: `only ${kept.length} customers have ${basis === 'all' ? 'any spend' : 'spend after their first purchase'}; Gamma-Gamma needs ten or more`, remedy: 'observe for longer, or use a model without a spend process' })
  }
  const { parameters } = fitGammaGamma(Float64Array.from(kept, i => x[i] as number), Float64Array.from(kept, i => z[i] as number))
  const smallest = x.reduce((least, each) => Math.min(least, each), Infinity)
  if (!(parameters.p * smallest + parameters.q > 1) || !Object.values(parameters).every(Number.isFinite)) {
    throw new FitError({
      code: 'infinite-mean-spend', what: `the fitted Gamma-Gamma (p ${parameters.p.toPrecision(4)}, q ${parameters.q.toPrecision(4)}) has an infinite mean spend`,
      remedy: 'the spend is too heavy-tailed for this model: clip the largest orders, or use another model',
    })
  }
  return parameters
}

/** Expected spend per future purchase day of each customer. */
export function expectedSpend(model: GammaGamma, customers: Table<CoreRow>, basis: SpendBasis): Float64Array {
  const { x, z } = spendHistory(customers, basis)
  return x.map((each, i) => gammaGammaExpectedSpend(model, each, z[i] as number))
}
