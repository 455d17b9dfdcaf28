import type { CoreRow } from '../../features/index.ts'
import type { Table } from '../../schema/index.ts'
import { carryProbability } from '../carry.ts'
import type { FittedModel, Model, SavedModel } from '../model.ts'
import { predictions, requirePredictable } from '../predictions.ts'
import { isNumbers, requireState, requireVersion, snapshot } from '../saved-state.ts'
import { targets } from '../training.ts'

/** Each of recency, frequency and monetary in this many groups. */
const GROUPS = 3
const CELLS = GROUPS * GROUPS * GROUPS
const VERSION = 1

interface State {
  readonly trained: number
  /** Upper bounds of the groups, in the order days_since_last, purchase days, mean spend. */
  readonly bounds: readonly (readonly number[])[]
  readonly value: readonly number[]
  readonly returned: readonly number[]
}

/**
 * The mean of a customer's RFM cell in the training window: value, and the share of the cell that returned as probability.
 * A cell without customers takes the mean of all.
 */
export const rfmCellMean: Model & { readonly restore: (saved: SavedModel) => FittedModel } = {
  name: 'rfm-cell-mean',
  title: 'RFM cell mean',
  family: 'baseline',
  fit: async task => {
    const { features } = task.training
    const { value, returned } = targets(task, { least: 1, anyClass: true })
    const bounds = rfm(features).map(tertiles)
    const cells = cellsOf(features, bounds)
    const mean = (of: Float64Array): number[] => {
      const sums = new Float64Array(CELLS)
      const counts = new Float64Array(sums.length)
      cells.forEach((cell, i) => {
        sums[cell] = (sums[cell] as number) + (of[i] as number)
        counts[cell] = (counts[cell] as number) + 1
      })
      const overall = of.reduce((sum, each) => sum + each, 0) / of.length
      return Array.from(sums, (sum, cell) => ((counts[cell] as number) > 0 ? sum / (counts[cell] as number) : overall))
    }
    return fitted({ trained: task.training.horizon, bounds, value: mean(value), returned: mean(returned) })
  },
  restore: saved => {
    requireVersion(saved, 'rfm-cell-mean', VERSION)
    const { trained, bounds, value, returned } = saved.state as unknown as State
    requireState(trained > 0, saved, 'trained', 'a number of days')
    requireState(
      Array.isArray(bounds) && bounds.length === 3 && bounds.every(each => isNumbers(each, GROUPS - 1)),
      saved,
      'bounds',
      'the bounds of its groups',
    )
    requireState(isNumbers(value, CELLS), saved, 'value', `${CELLS} means`)
    requireState(isNumbers(returned, CELLS), saved, 'returned', `${CELLS} shares`)
    return fitted({ trained, bounds, value, returned })
  },
}

function fitted(state: State): FittedModel {
  return {
    model: 'rfm-cell-mean',
    parameters: { cells: state.value.length },
    predict: (customers, horizon) => {
      requirePredictable(customers, horizon, 'rfm-cell-mean')
      const cells = cellsOf(customers, state.bounds)
      return predictions(customers, {
        value: Float64Array.from(cells, cell => ((state.value[cell] as number) * horizon) / state.trained),
        probability: Float64Array.from(cells, cell => carryProbability(state.returned[cell] as number, state.trained, horizon)),
      })
    },
    save: () => snapshot({ model: 'rfm-cell-mean', version: VERSION, state: { ...state } }),
  }
}

const rfm = (customers: Table<CoreRow>): readonly Float64Array[] => [
  customers.column('days_since_last'),
  customers.column('frequency'),
  customers.column('mean_spend'),
]

function tertiles(values: Float64Array): readonly number[] {
  const sorted = Float64Array.from(values).sort()
  return Array.from({ length: GROUPS - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / GROUPS)] as number)
}

function cellsOf(customers: Table<CoreRow>, bounds: readonly (readonly number[])[]): Uint32Array {
  const columns = rfm(customers)
  return Uint32Array.from({ length: customers.length }, (_, i) =>
    columns.reduce(
      (cell, values, c) =>
        cell * GROUPS + (bounds[c] as readonly number[]).filter(bound => (values[i] as number) >= bound).length,
      0,
    ),
  )
}
