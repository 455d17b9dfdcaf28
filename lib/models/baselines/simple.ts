import type { CoreRow } from '../../features/index.ts'
import type { Table } from '../../schema/index.ts'
import type { FittedModel, Model, SavedModel } from '../model.ts'
import { predictions, requirePredictable } from '../predictions.ts'
import { requireState, requireVersion } from '../saved-state.ts'
import { targets } from '../training.ts'

const VERSION = 1

type Restorable = Model & { readonly restore: (saved: SavedModel) => FittedModel }

/** Everybody spends the mean of the training window, at the same rate per day. */
export const meanValue: Restorable = baseline('mean', 'Mean of all', true, (customers, perDay, horizon) =>
  new Float64Array(customers.length).fill(perDay * horizon),
)

/** Past spend goes on at the same rate: spend × horizon / days from observeFrom to the cutoff. */
export const pastSpend: Restorable = baseline('past-spend-same-rate', 'Past spend, same rate', false, (customers, _, horizon) => {
  const history = customers.column('history')
  return customers.column('spend').map((spend, i) => (spend * horizon) / (history[i] as number))
})

/** The last period repeats: spend in the last min(horizon, half of the history) days, scaled to the horizon. */
export const lastPeriod: Restorable = baseline('last-period', 'Last period repeats', false, (customers, _, horizon) => {
  const days = customers.column('last_period')
  return customers.column('spend_last_period').map((spend, i) => (spend * horizon) / (days[i] as number))
})

function baseline(
  name: string,
  title: string,
  trains: boolean,
  value: (customers: Table<CoreRow>, perDay: number, horizon: number) => Float64Array,
): Restorable {
  const fitted = (perDay: number): FittedModel => ({
    model: name,
    parameters: trains ? { 'mean value per day': perDay } : {},
    predict: (customers, horizon) => {
      requirePredictable(customers, horizon, name)
      return predictions(customers, { value: value(customers, perDay, horizon) })
    },
    save: () => ({ model: name, version: VERSION, state: { perDay } }),
  })
  return {
    name,
    title,
    family: 'baseline',
    fit: async task => {
      if (!trains) return fitted(0)
      const { value: spent } = targets(task, { least: 1, anyClass: true })
      return fitted(spent.reduce((sum, each) => sum + each, 0) / spent.length / task.training.horizon)
    },
    restore: saved => {
      requireVersion(saved, name, VERSION)
      const { perDay } = saved.state
      requireState(Number.isFinite(perDay), saved, 'perDay', 'a number')
      return fitted(perDay as number)
    },
  }
}
