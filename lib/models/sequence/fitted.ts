import { computeNow, describeUse, type Program } from '../../engine/index.ts'
import type { CoreRow } from '../../features/index.ts'
import type { EpochRecord, Network } from '../../nn/index.ts'
import { exp, sigmoid, softplus } from '../../numeric/index.ts'
import type { Table } from '../../schema/index.ts'
import { carryProbability } from '../carry.ts'
import type { FittedModel } from '../model.ts'
import { predictions, requirePredictable } from '../predictions.ts'
import { saveSequence } from './save.ts'
import type { SequenceState } from './state.ts'
import { weekInputs } from './weeks.ts'

/** A fitted network over weeks that also tells how it was trained. */
export interface FittedSequence extends FittedModel {
  readonly history: readonly EpochRecord[]
}

const BATCH = 256

export function fittedSequence(state: SequenceState, network: Network): FittedSequence {
  const { name, settings, layout, trained, unit, ceiling, weights, history, device } = state
  const program = network.prediction(BATCH)
  return {
    model: name,
    history,
    ...(device === undefined ? {} : { device }),
    parameters: {
      weeks: layout.weeks,
      channels: layout.channels.map(channel => channel.name).join(', '),
      units: settings.units,
      dropout: settings.dropout,
      epochs: history.length,
      weights: Object.values(weights).reduce((all, each) => all + each.length, 0),
      'validation loss, the best': Math.min(...history.map(({ validationLoss }) => validationLoss ?? Infinity)),
      ...(device === undefined ? {} : { device: describeUse(device) }),
    },
    predict: (customers: Table<CoreRow>, horizon: number) => {
      requirePredictable(customers, horizon, name)
      const output = outputs(program, weights, weekInputs(customers, layout), customers.length)
      const rows = Array.from({ length: customers.length }, (_, i) => {
        const [z, mu, raw] = [output[3 * i] as number, output[3 * i + 1] as number, output[3 * i + 2] as number]
        const sigma = Math.max(softplus(raw), 1e-3)
        return { p: sigmoid(z), spend: unit * exp(Math.min(ceiling, mu + (sigma * sigma) / 2)) }
      })
      return predictions(customers, {
        value: rows.map(({ p, spend }) => p * spend * (horizon / trained)),
        probability: rows.map(({ p }) => carryProbability(p, trained, horizon)),
      })
    },
    save: () => saveSequence(state),
  }
}

function outputs(program: Program, weights: SequenceState['weights'], x: Float32Array, rows: number): Float32Array {
  return rows === 0 ? new Float32Array(0) : (computeNow(program, weights, { rows, inputs: { x } })['output'] as Float32Array)
}
