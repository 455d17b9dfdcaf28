import { computeNow, type Program } from '../../engine/index.ts'
import type { CoreRow } from '../../features/index.ts'
import type { EpochRecord, Weights } from '../../nn/index.ts'
import { sigmoid } from '../../numeric/index.ts'
import type { Table } from '../../schema/index.ts'
import { carryProbability } from '../carry.ts'
import { inputs } from '../inputs.ts'
import type { FittedModel } from '../model.ts'
import { predictions } from '../predictions.ts'
import { classifier, regressor } from './body.ts'
import type { DnnHistory, DnnState } from './dnn-state.ts'
import { saveDnn } from './save-dnn.ts'

/** A fitted network that also tells how it was trained. */
export interface FittedDnn extends FittedModel {
  readonly history: DnnHistory
}

const last = (records: readonly EpochRecord[]): number => records.at(-1)?.validationLoss ?? NaN

/** Rows predicted at once. */
const BATCH = 256

export function fittedDnn(state: DnnState): FittedDnn {
  const { name, settings, layout, trained, scale, weights, history } = state
  const programs = {
    returns: classifier(layout.length, settings).prediction(BATCH),
    value: regressor(layout.length, settings).prediction(BATCH),
  }
  return {
    model: name,
    history,
    parameters: {
      inputs: layout.length,
      'hidden units': settings.units.join('-'),
      dropout: settings.dropout,
      epochs: history.returns.length,
      weights: Object.values({ ...weights.returns }).reduce((all, each) => all + each.length, 0) * 2,
      'validation cross-entropy': last(history.returns),
      'validation squared error (standardised)': last(history.value),
    },
    predict: (customers: Table<CoreRow>, horizon: number) => {
      customers.requireWhen('observed', `predict of ${name}`)
      const X = inputs(customers, layout)
      const x = Float32Array.from(X.data)
      const output = (program: Program, values: Weights): Float32Array =>
        X.rows === 0
          ? new Float32Array(0)
          : (computeNow(program, values, { rows: X.rows, inputs: { x } })['output'] as Float32Array)
      return predictions(customers, {
        value: Float64Array.from(
          output(programs.value, weights.value),
          z => Math.max(0, z * scale.sd + scale.mean) * (horizon / trained),
        ),
        probability: Float64Array.from(output(programs.returns, weights.returns), z =>
          carryProbability(sigmoid(z), trained, horizon),
        ),
      })
    },
    save: () => saveDnn(state),
  }
}
