import type { CoreRow } from '../../features/index.ts'
import { FitError } from '../../errors/index.ts'
import { exp, log, sigmoid } from '../../numeric/index.ts'
import type { Table } from '../../schema/index.ts'
import { carryProbability } from '../carry.ts'
import { fitInputs, inputs, isLayout, type InputColumn } from '../inputs.ts'
import type { FittedModel, Model, SavedModel, Task } from '../model.ts'
import { predictions, requirePredictable } from '../predictions.ts'
import { isNumbers, requireState, requireVersion, snapshot } from '../saved-state.ts'
import { targets } from '../training.ts'
import { fitLogistic, fitRidge, linear, type Coefficients } from './regression.ts'

/** Ridge penalty on standardised inputs, in units of observations: fixed before any outcome was seen. */
const PENALTY = 1

/** How far beyond the largest spend ever seen a forecast may go. */
const BEYOND = 4

interface State {
  readonly layout: readonly InputColumn[]
  readonly trained: number
  /** Log-odds of a return, where the model has them. */
  readonly returns: readonly number[]
  /** Value, or log value of those who return, where the model has it. */
  readonly value: readonly number[]
  /** Two-stage only: Duan's smearing factor, the mean of exp(residual). */
  readonly smear: number
  /** Two-stage only: no log value beyond it is believed. */
  readonly ceiling: number
}

interface Kind {
  readonly name: string
  readonly title: string
  readonly log: boolean
  /** Which of its two halves it has. */
  readonly returns: boolean
  readonly value: boolean
  readonly fit: (task: Task, layout: readonly InputColumn[]) => Omit<State, 'layout' | 'trained'>
}

const VERSION = 1

const all = (n: number): Uint32Array => Uint32Array.from({ length: n }, (_, i) => i)

/** Ridge regression of spend on the features as they are. */
const linearKind: Kind = {
  name: 'linear',
  title: 'Linear regression',
  log: false,
  returns: false,
  value: true,
  fit: (task, layout) => {
    const X = inputs(task.training.features, layout)
    return { returns: [], value: [...fitRidge(X, targets(task).value, all(X.rows), PENALTY)], smear: 0, ceiling: 0 }
  },
}

/** Logistic regression of "buys again" on the logs of the features. */
const logisticKind: Kind = {
  name: 'logistic',
  title: 'Logistic regression',
  log: true,
  returns: true,
  value: false,
  fit: (task, layout) => {
    const X = inputs(task.training.features, layout)
    return { returns: [...fitLogistic(X, targets(task).returned, all(X.rows), PENALTY)], value: [], smear: 0, ceiling: 0 }
  },
}

/**
 * Two stages: the probability to return by logistic regression, times the spend of those who return by ridge regression
 * of its logarithm, brought back to money by Duan's smearing (Duan 1983). The exponential of a line has no bound, so nobody is
 * foretold more than BEYOND times the most that anybody spent in the training window.
 */
const twoStageKind: Kind = {
  name: 'two-stage',
  title: 'Two-stage linear (logit × log ridge)',
  log: true,
  returns: true,
  value: true,
  fit: (task, layout) => {
    const X = inputs(task.training.features, layout)
    const { returned, value } = targets(task)
    const buyers = all(X.rows).filter(row => (value[row] as number) > 0)
    const logs = value.map(each => (each > 0 ? log(each) : 0))
    if (buyers.length === 0) {
      throw new FitError({
        code: 'no-spend',
        what: 'nobody spends anything in the training window',
        remedy: 'choose another cutoff or horizon, or check the amounts',
      })
    }
    const spend = fitRidge(X, logs, buyers, PENALTY)
    const smear = buyers.reduce((sum, row) => sum + exp((logs[row] as number) - linear(X, row, spend)), 0) / buyers.length
    const ceiling = log(BEYOND) + buyers.reduce((most, row) => Math.max(most, logs[row] as number), -Infinity)
    return { returns: [...fitLogistic(X, returned, all(X.rows), PENALTY)], value: [...spend], smear, ceiling }
  },
}

function fitted(kind: Kind, state: State): FittedModel {
  const returns = Float64Array.from(state.returns)
  const value = Float64Array.from(state.value)
  const named = (prefix: string, w: Coefficients): [string, number][] =>
    w.length === 0
      ? []
      : [
          ...state.layout.map(({ name }, i) => [`${prefix}${name}`, w[i] as number] as [string, number]),
          [`${prefix}intercept`, w[w.length - 1] as number],
        ]
  return {
    model: kind.name,
    parameters: Object.fromEntries([
      ...named(value.length > 0 ? 'return ' : '', returns),
      ...named(returns.length > 0 ? 'spend ' : '', value),
    ]),
    predict: (customers: Table<CoreRow>, horizon: number) => {
      requirePredictable(customers, horizon, kind.name)
      const X = inputs(customers, state.layout)
      const scale = horizon / state.trained
      const raw =
        returns.length === 0 ? undefined : Float64Array.from({ length: X.rows }, (_, row) => sigmoid(linear(X, row, returns)))
      const money =
        value.length === 0
          ? undefined
          : Float64Array.from({ length: X.rows }, (_, row) => {
              const predictor = linear(X, row, value)
              return (
                scale *
                (raw === undefined
                  ? Math.max(0, predictor)
                  : (raw[row] as number) * exp(Math.min(state.ceiling, predictor + log(state.smear))))
              )
            })
      return predictions(customers, {
        ...(money === undefined ? {} : { value: money }),
        ...(raw === undefined ? {} : { probability: raw.map(p => carryProbability(p, state.trained, horizon)) }),
      })
    },
    save: () => snapshot({ model: kind.name, version: VERSION, state: { ...state } }),
  }
}

/** Errors: `FormatError` for another version, or a state that is not what was saved. */
function restored({ name, returns, value }: Kind, saved: SavedModel): State {
  requireVersion(saved, name, VERSION)
  const state = saved.state as unknown as State
  requireState(isLayout(state.layout), saved, 'layout', 'the layout of its inputs')
  requireState(state.trained > 0, saved, 'trained', 'a number of days')
  const width = state.layout.length + 1
  requireState(isNumbers(state.returns, returns ? width : 0), saved, 'returns', `${returns ? width : 0} coefficients`)
  requireState(isNumbers(state.value, value ? width : 0), saved, 'value', `${value ? width : 0} coefficients`)
  requireState(isNumbers([state.smear, state.ceiling]), saved, 'smear', 'the smearing factor and the ceiling')
  return state
}

function model(kind: Kind): Model & { readonly restore: (saved: SavedModel) => FittedModel } {
  return {
    name: kind.name,
    title: kind.title,
    family: 'linear',
    fit: async task => {
      const layout = fitInputs(task.training.features, all(task.training.features.length), { log: kind.log })
      return fitted(kind, { layout, trained: task.training.horizon, ...kind.fit(task, layout) })
    },
    restore: saved => fitted(kind, restored(kind, saved)),
  }
}

export const linearRegression = model(linearKind)
export const logisticRegression = model(logisticKind)
export const twoStage = model(twoStageKind)
