import { counted, FitError } from '../errors/index.ts'
import type { CoreRow } from '../features/index.ts'
import type { Task } from './model.ts'

/** The targets of a training window, in the order of its features. */
export interface Targets {
  /** Spend in the training outcome, money. */
  readonly value: Float64Array
  /** 1 for any purchase in it. */
  readonly returned: Float64Array
}

/**
 * Errors: `FitError` for customers without an outcome, fewer than `least` of them, or, unless `anyClass`, when all or none of them
 * return.
 */
export function targets<F extends CoreRow>(
  { training }: Task<F>,
  { least = 20, anyClass = false }: { readonly least?: number; readonly anyClass?: boolean } = {},
): Targets {
  training.features.requireWhen('observed', 'training features')
  training.outcome.requireWhen('outcome', 'training outcome')
  const ids = training.features.column('customer_id') as unknown as readonly string[]
  if (ids.length < least) {
    throw new FitError({
      code: 'too-few-customers',
      what: `only ${counted(ids.length, 'customer', 'customers')} bought before the training window; ${least === 1 ? 'a mean needs one' : `a learner needs ${least}`} or more`,
      remedy: 'choose a later cutoff, or a baseline such as past-spend-same-rate',
    })
  }
  const at = new Map(training.outcome.column('customer_id').map((id, i) => [id, i]))
  const find = (id: string): number => {
    const found = at.get(id)
    if (found === undefined)
      throw new FitError({
        code: 'no-outcome',
        what: `customer ${id} has no outcome in the training window`,
        remedy: 'make the outcome with `outcomes(events, features)`',
      })
    return found
  }
  const rows = ids.map(find)
  const returned = Float64Array.from(rows, row => (training.outcome.column('buys_again')[row] === true ? 1 : 0))
  if (!anyClass && returned.every(each => each === returned[0])) {
    throw new FitError({
      code: 'one-class',
      what: `in the training window ${returned[0] === 1 ? 'every' : 'no'} customer buys again`,
      remedy: 'choose another cutoff or horizon',
    })
  }
  return { value: Float64Array.from(rows, row => training.outcome.column('future_value')[row] as number), returned }
}
