import { adam, shareProgress, showMemory, train, type Examples } from '../../nn/index.ts'
import { exp, log } from '../../numeric/index.ts'
import { checkpointIn } from '../checkpoint-in.ts'
import type { FitOptions, FittedModel, Model, SavedModel, Task } from '../model.ts'
import { splitCustomers } from '../neural/split.ts'
import { trainedOn } from '../trained-on.ts'
import { targets } from '../training.ts'
import { sequenceNetwork, type Body } from './bodies.ts'
import { fittedSequence, type FittedSequence } from './fitted.ts'
import { readSequence } from './save.ts'
import { SEQUENCE, type SequenceSettings } from './settings.ts'
import { fitWeeks, weekInputs } from './weeks.ts'

export interface SequenceModel extends Model {
  readonly settings: SequenceSettings
  fit(task: Task, options: FitOptions): Promise<FittedSequence>
  restore(saved: SavedModel): FittedModel
}

/**
 * A network that reads each customer's weeks (`withWeeks` puts them into the task) and foretells the zero-inflated lognormal law of spend: the
 * probability of any, and μ and σ of its logarithm. Value is p · exp(μ + σ²/2), its second factor never beyond the largest spend that was fitted;
 * it scales with the horizon, and p becomes 1 - (1 - p)^(horizon / trained horizon). Of the training customers 80% (by the seed) fit, 20% say
 * when to stop. Errors: `SchemaError` for a task without weeks, `FitError` where there is too little to learn from.
 */
export function sequenceModel(name: string, title: string, body: Body, changes: Partial<SequenceSettings> = {}): SequenceModel {
  const settings = { ...SEQUENCE, ...changes }
  return {
    name,
    title,
    family: 'sequence',
    settings,
    fit: (task, options) => fit(name, body, settings, task, options),
    restore: saved => {
      const state = readSequence(saved, name, (kept, layout) => sequenceNetwork(body, kept, layout))
      return fittedSequence(state, sequenceNetwork(body, state.settings, state.layout))
    },
  }
}

async function fit(
  name: string,
  body: Body,
  settings: SequenceSettings,
  task: Task,
  options: FitOptions,
): Promise<FittedSequence> {
  const { seed, onProgress, signal, device } = options
  const { features, horizon } = task.training
  const { value } = targets(task)
  const split = splitCustomers(features.length, settings.validation, seed.child('split'))
  const layout = fitWeeks(features, split.fit, settings.weeks)
  const logs = [...split.fit].flatMap(row => ((value[row] as number) > 0 ? [log(value[row] as number)] : []))
  const middle = logs.length === 0 ? 0 : logs.reduce((sum, each) => sum + each, 0) / logs.length
  const unit = exp(middle)
  const ceiling = logs.reduce((most, each) => Math.max(most, each - middle), 0)
  const network = sequenceNetwork(body, settings, layout)
  const x = weekInputs(features, layout)
  const size = layout.weeks * layout.channels.length
  const examples = (rows: Uint32Array): Examples => {
    const part = new Float32Array(rows.length * size)
    rows.forEach((row, i) => part.set(x.subarray(row * size, (row + 1) * size), i * size))
    return { rows: rows.length, x: part, y: Float32Array.from(rows, row => (value[row] as number) / unit) }
  }
  const {
    weights,
    history,
    device: use,
  } = await train(network, examples(split.fit), {
    epochs: settings.epochs,
    batch: settings.batch,
    optimiser: adam({ rate: settings.rate }),
    validation: examples(split.validate),
    earlyStopping: { patience: settings.patience },
    seed: seed.child('network'),
    ...(signal === undefined ? {} : { signal }),
    ...(device === undefined ? {} : { device }),
    ...checkpointIn(options, 'network'),
    onStart: memory => onProgress?.(0, showMemory(memory)),
    onProgress: shareProgress((done, text) => onProgress?.(done, text)),
  })
  return fittedSequence(
    { name, settings, layout, trained: horizon, unit, ceiling, weights, history, ...trainedOn(device, [use]) },
    network,
  )
}
