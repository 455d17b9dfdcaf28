import { computeNow, describeUse, runOn, type DeviceChoice, type Program, type Rows } from '../../engine/index.ts'
import type { CoreRow } from '../../features/index.ts'
import type { EpochRecord, Network, Weights } from '../../nn/index.ts'
import { sigmoid } from '../../numeric/index.ts'
import type { Table } from '../../schema/index.ts'
import { carryProbability } from '../carry.ts'
import { inputs } from '../inputs.ts'
import type { FittedModel, Predictions } from '../model.ts'
import { predictions, requirePredictable } from '../predictions.ts'
import { classifier, regressor } from './body.ts'
import type { DnnHistory, DnnState } from './dnn-state.ts'
import { saveDnn } from './save-dnn.ts'

/** A fitted network that also tells how it was trained. */
export interface FittedDnn extends FittedModel {
  readonly history: DnnHistory
  /** Both networks with their weights, to go out as they are (`saveOnnx`, `saveLayersModel`): their inputs are standardised, their outputs a logit and a standardised value. */
  readonly networks: Readonly<Record<'returns' | 'value', { readonly network: Network; readonly weights: Weights }>>
  /**
   * The same as `predict`, computed on a device, within its tolerance. Errors: those of `predict`; `EngineError` for a device that does not work.
   */
  predictOn(device: Exclude<DeviceChoice, 'auto'>, customers: Table<CoreRow, 'observed'>, horizon: number): Promise<Predictions>
}

const last = (records: readonly EpochRecord[]): number =>
  records.findLast(({ validationLoss }) => validationLoss !== undefined)?.validationLoss ?? NaN

/** Rows predicted at once. */
const BATCH = 256

export function fittedDnn(state: DnnState): FittedDnn {
  const { name, settings, layout, trained, scale, weights, history, device } = state
  const networks = {
    returns: { network: classifier(layout.length, settings), weights: weights.returns },
    value: { network: regressor(layout.length, settings), weights: weights.value },
  }
  const programs = { returns: networks.returns.network.prediction(BATCH), value: networks.value.network.prediction(BATCH) }
  const rowsOf = (customers: Table<CoreRow>, horizon: number): Rows => {
    requirePredictable(customers, horizon, name)
    const X = inputs(customers, layout)
    return { rows: X.rows, inputs: { x: Float32Array.from(X.data) } }
  }
  const said = (customers: Table<CoreRow>, horizon: number, returns: Float32Array, value: Float32Array): Predictions =>
    predictions(customers, {
      value: Float64Array.from(value, z => Math.max(0, z * scale.sd + scale.mean) * (horizon / trained)),
      probability: Float64Array.from(returns, z => carryProbability(sigmoid(z), trained, horizon)),
    })
  return {
    model: name,
    history,
    networks,
    ...(device === undefined ? {} : { device }),
    parameters: {
      inputs: layout.length,
      'hidden units': settings.units.join('-'),
      dropout: settings.dropout,
      epochs: history.returns.length,
      weights: Object.values({ ...weights.returns }).reduce((all, each) => all + each.length, 0) * 2,
      'validation cross-entropy': last(history.returns),
      'validation squared error (standardised)': last(history.value),
      ...(device === undefined ? {} : { device: describeUse(device) }),
    },
    predict: (customers: Table<CoreRow>, horizon: number) => {
      const rows = rowsOf(customers, horizon)
      const output = (program: Program, values: Weights): Float32Array =>
        rows.rows === 0 ? new Float32Array(0) : (computeNow(program, values, rows)['output'] as Float32Array)
      return said(customers, horizon, output(programs.returns, weights.returns), output(programs.value, weights.value))
    },
    predictOn: async (on, customers, horizon) => {
      const rows = rowsOf(customers, horizon)
      const output = async (program: Program, values: Weights): Promise<Float32Array> =>
        rows.rows === 0 ? new Float32Array(0) : ((await runOn(on, program, values, rows))['output'] as Float32Array)
      return said(
        customers,
        horizon,
        await output(programs.returns, weights.returns),
        await output(programs.value, weights.value),
      )
    },
    save: () => saveDnn(state),
  }
}
