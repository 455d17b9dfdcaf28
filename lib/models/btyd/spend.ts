import { counted, FitError } from '../../errors/index.ts'
import type { CoreRow } from '../../features/index.ts'
import type { Table } from '../../schema/index.ts'
import type { Fit } from './fit.ts'
import { fitGammaGamma, gammaGammaExpectedSpend, type GammaGamma } from './gamma-gamma.ts'

/**
 * Which purchase days the spend model sees. `repeats`: those after the first, as in the literature; `all`: the first one
 * too, which tells something of customers without a repeat.
 */
export type SpendBasis = 'repeats' | 'all'

/** Fewer customers with spend than this tell nothing of how customers differ. */
const LEAST = 10

/** Number and mean value of the purchase days that the spend model sees; 0 and 0 for customers without any. */
function spends(customers: Table<CoreRow>, basis: SpendBasis): { readonly x: Float64Array; readonly z: Float64Array } {
  const frequency = customers.column('frequency')
  if (basis === 'repeats') return { x: frequency, z: customers.column('monetary') }
  return { x: frequency.map(x => x + 1), z: customers.column('mean_spend') }
}

/**
 * Gamma-Gamma over the customers with positive spend. Errors: `FitError` for too few of them, or where the mean spend of
 * somebody like these customers is infinite (p x + q <= 1).
 */
export function fitSpend(customers: Table<CoreRow>, basis: SpendBasis): Fit<GammaGamma> {
  const { x, z } = spends(customers, basis)
  const has = (_: number, i: number): boolean => (x[i] as number) > 0 && (z[i] as number) > 0
  const counts = x.filter(has)
  if (counts.length < LEAST) {
    throw new FitError({
      code: 'too-few-spenders',
      what:
        `only ${counted(counts.length, 'customer has', 'customers have')} ${basis === 'all' ? 'any spend' : 'spend after their first purchase'}; ` +
        `Gamma-Gamma needs ${LEAST} or more`,
      remedy: 'observe for longer, or take a baseline such as past-spend-same-rate',
    })
  }
  const fit = fitGammaGamma(counts, z.filter(has))
  const { p, q } = fit.parameters
  const fewest = x.reduce((least, each) => Math.min(least, each), Infinity)
  if (p * fewest + q > 1) return fit
  throw new FitError({
    code: 'infinite-mean-spend',
    what: `the fitted Gamma-Gamma (p ${p.toPrecision(4)}, q ${q.toPrecision(4)}) has an infinite mean spend`,
    remedy:
      'the spend is too heavy-tailed for this model: ' +
      `${basis === 'all' ? '' : 'include the first purchase (…-gg1), '}clip the largest orders, or use another model`,
  })
}

/** Expected spend per future purchase day of each customer. */
export function expectedSpend(model: GammaGamma, customers: Table<CoreRow>, basis: SpendBasis): Float64Array {
  const { x, z } = spends(customers, basis)
  return x.map((each, i) => gammaGammaExpectedSpend(model, each, z[i] as number))
}
