import type { CoreRow } from '../../features/index.ts'
import { exp, hessian, log, normal, symmetricEigen, type Seed } from '../../numeric/index.ts'
import type { Table } from '../../schema/index.ts'
import { bgNbdLogLikelihood, type BgNbd } from './bg-nbd.ts'
import { isFlat } from './fit-doctor.ts'
import { groupHistories, type Groups } from './groups.ts'

const NAMES = ['r', 'alpha', 'a', 'b'] as const

/**
 * Parameters that the customers allow as well as those fitted to them: draws from the normal law that the maximum of a likelihood tends to, whose
 * covariance is the inverse of minus the second derivatives (Cox and Hinkley 1974, section 9.2), in logarithms, so that all stay positive and, unlike
 * standard errors one by one, move together as the data bind them. None where the likelihood is too flat for such a law to mean anything.
 *
 * @param model as fitted to these customers; α in weeks
 * Errors: `FitError` for customers that the model cannot be fitted to.
 */
export function bgNbdDraws(
  model: BgNbd,
  customers: Table<CoreRow>,
  { seed, draws }: { readonly seed: Seed; readonly draws: number },
): readonly BgNbd[] {
  const groups = groupHistories(customers)
  const at = Float64Array.from(NAMES, name => log(model[name]))
  const { values, vectors } = symmetricEigen(information(groups, at), NAMES.length)
  if (isFlat(values)) return []
  return Array.from({ length: draws }, (_, draw) => {
    const random = seed.child(draw).random()
    const far = Float64Array.from(values, value => normal(random) / Math.sqrt(value))
    return inModel(at.map((log, i) => far.reduce((sum, each, k) => sum + each * (vectors[k * NAMES.length + i] as number), log)))
  })
}

/** Minus the second derivatives of the log-likelihood, by the logarithms of the parameters. */
function information(groups: Groups, at: Float64Array): Float64Array {
  return hessian((x, gradient) => {
    const model = inModel(x)
    const value = bgNbdLogLikelihood(model, groups, gradient)
    NAMES.forEach((name, i) => (gradient[i] = -(gradient[i] as number) * model[name]))
    return -value
  }, at)
}

const inModel = (x: Float64Array): BgNbd =>
  Object.fromEntries(NAMES.map((name, i) => [name, exp(x[i] as number)])) as Record<(typeof NAMES)[number], number>
