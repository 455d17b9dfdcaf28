import { FitError } from '../../errors/index.ts'
import { isWeekColumn, type CoreRow } from '../../features/index.ts'
import type { Table } from '../../schema/index.ts'
import type { TrainingWindow } from '../model.ts'

/** What is made of the outcome; who spends nothing does not return. */
export const OUTCOME = ['future_value', 'future_purchases'] as const

/** The features that are made: numbers, but for what single weeks held. */
export const numericOf = (features: Table<CoreRow, 'observed'>): readonly string[] =>
  features.numericNames().filter(name => !isWeekColumn(name))

/** A column by its name. Errors: `FitError` for one that the customers do not have. */
export function columnOf(customers: Table<CoreRow, 'observed'>, name: string): Float64Array {
  if (customers.has(name)) return customers.column(name as 'spend')
  throw new FitError({
    code: 'missing-column',
    what: `the customers have no column "${name}"`,
    remedy: 'give the features that the model was fitted to',
  })
}

/** The outcome of the customers of a window, in the order of its features. Errors: `FitError`. */
export function outcomeOf({ features, outcome }: TrainingWindow): ReadonlyMap<string, Float64Array> {
  outcome.requireWhen('outcome', 'outcome of a generative model')
  const ids = features.column('customer_id')
  const at = new Map(outcome.column('customer_id').map((id, i) => [id, i]))
  const rows = ids.map(id => at.get(id) ?? -1)
  if (rows.includes(-1))
    throw new FitError({
      code: 'no-outcome',
      what: `customer ${ids[rows.indexOf(-1)]} has no outcome in the training window`,
      remedy: 'make the outcome with `outcomes(events, features)`',
    })
  return new Map(OUTCOME.map(name => [name, Float64Array.from(rows, row => outcome.column(name)[row] as number)]))
}
