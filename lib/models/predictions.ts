import { FitError } from '../errors/index.ts'
import { Table } from '../schema/index.ts'
import type { CoreRow } from '../features/index.ts'
import type { PredictionRow, Predictions } from './model.ts'

/**
 * What every `predict` asks of its arguments. Errors: `LeakageError` for customers that were not observed before the cutoff, `FitError`
 * for a horizon that is not a positive number of days.
 */
export function requirePredictable(customers: Table<CoreRow>, horizon: number, model: string): void {
  customers.requireWhen('observed', `predict of ${model}`)
  if (horizon > 0 && horizon < Infinity) return
  throw new FitError({
    code: 'horizon',
    what: `a horizon of ${horizon} days`,
    where: `predict of ${model}`,
    remedy: 'give a positive number of days',
  })
}

/** What a model says, column by column; a column that is left out is null throughout. */
export interface PredictionColumns {
  readonly value?: ArrayLike<number>
  readonly probability?: ArrayLike<number>
  readonly expected_purchases?: ArrayLike<number>
}

/** Predictions in the order of the customers. */
export function predictions(customers: Table<CoreRow>, columns: PredictionColumns): Predictions {
  const ids = customers.column('customer_id')
  const column = (values: ArrayLike<number> | undefined): readonly (number | null)[] =>
    values === undefined ? ids.map(() => null) : Array.from(values)
  return Table.fromColumns<PredictionRow, 'predicted'>(
    {
      customer_id: ids,
      value: column(columns.value),
      probability: column(columns.probability),
      expected_purchases: column(columns.expected_purchases),
    },
    'predicted',
  )
}
