import { CompareError, counted } from '../errors/index.ts'
import type { OutcomeRow } from '../features/index.ts'
import type { Predictions } from '../models/index.ts'
import type { Table } from '../schema/index.ts'

/** What happened, as numbers, in the order of the customers. */
export interface Actual {
  readonly customers: readonly string[]
  /** Spend in the horizon, money. */
  readonly value: Float64Array
  /** 1 for any purchase in the horizon. */
  readonly returned: Float64Array
}

/** Errors: `CompareError` unless there is exactly one outcome for each customer. */
export function alignOutcome(customers: readonly string[], outcome: Table<OutcomeRow, 'outcome'>): Actual {
  outcome.requireWhen('outcome', 'the outcome of a comparison')
  const rows = samePopulation(customers, outcome.column('customer_id'), 'outcome')
  const value = outcome.column('future_value')
  const again = outcome.column('buys_again')
  return {
    customers,
    value: Float64Array.from(rows, row => value[row] as number),
    returned: Float64Array.from(rows, row => (again[row] === true ? 1 : 0)),
  }
}

/** What a model says, in the order of the customers; what it does not model is undefined. */
export interface Said {
  readonly value: Float64Array | undefined
  readonly probability: Float64Array | undefined
  readonly expectedPurchases: Float64Array | undefined
}

/** Errors: `CompareError` for another population, or when a model speaks of some customers only, or without a finite number. */
export function alignPredictions(customers: readonly string[], predictions: Predictions, model: string): Said {
  predictions.requireWhen('predicted', `predictions of ${model}`)
  const rows = samePopulation(customers, predictions.column('customer_id'), `predictions of ${model}`)
  return {
    value: numbers(predictions.column('value'), rows, model, 'value', each => Number.isFinite(each)),
    probability: numbers(predictions.column('probability'), rows, model, 'probability', each => each >= 0 && each <= 1),
    expectedPurchases: numbers(
      predictions.column('expected_purchases'),
      rows,
      model,
      'number of expected purchases',
      each => each >= 0 && each < Infinity,
    ),
  }
}

function numbers(
  column: ArrayLike<number | null>,
  rows: Uint32Array,
  model: string,
  name: string,
  fits: (each: number) => boolean,
): Float64Array | undefined {
  const said = Array.from(rows, row => column[row] ?? null)
  if (said.every(each => each === null)) return undefined
  const bad = said.filter(each => each === null || !fits(each)).length
  if (bad === 0) return Float64Array.from(said as number[])
  throw new CompareError({
    code: 'unusable-predictions',
    what: `${model} gives no usable ${name} for ${bad} of ${counted(said.length, 'customer', 'customers')}`,
    where: `such as ${String(said.find(each => each === null || !fits(each)) ?? 'an empty one')}`,
    remedy: 'a model is judged on all customers or on none: mend its predictions',
  })
}

/** The row of each customer. */
function samePopulation(customers: readonly string[], other: readonly string[], what: string): Uint32Array {
  const at = new Map(other.map((id, i) => [id, i]))
  const twice = other.length - at.size
  const missing = customers.filter(id => !at.has(id))
  const extra = at.size - (customers.length - missing.length)
  if (twice === 0 && missing.length === 0 && extra === 0) return Uint32Array.from(customers, id => at.get(id) as number)
  const faults = [
    ...(missing.length > 0
      ? [
          `${missing.length} of the ${counted(customers.length, 'customer', 'customers')} ${missing.length === 1 ? 'is' : 'are'} missing (such as ${missing[0]})`,
        ]
      : []),
    ...(extra > 0 ? [`${extra} ${extra === 1 ? 'is' : 'are'} not among those that are compared`] : []),
    ...(twice > 0
      ? [
          `${twice} ${twice === 1 ? 'row repeats' : 'rows repeat'} a customer (such as ${other.find((id, i) => at.get(id) !== i)})`,
        ]
      : []),
  ]
  throw new CompareError({
    code: 'unequal-populations',
    what: `the populations differ: ${faults.join(', ')}`,
    where: what,
    remedy: 'compare models on the same customers, those with a purchase before the cutoff',
  })
}
