import { deviceName, loadDevice, Pace, wasm, type Device, type DeviceChoice } from '../../engine/index.ts'
import { EngineError } from '../../errors/index.ts'
import type { Activation } from '../activations.ts'
import type { Network, Weights } from '../network.ts'
import { weightsOf } from '../portable/weights-of.ts'
import { inBouts } from './in-bouts.ts'
import type { Metric } from './metrics.ts'
import type { Examples } from './options.ts'
import { requireBatch, requireJudged } from './require-options.ts'
import { SCORED, scorer, type Judgement } from './scorer.ts'

export interface EvaluateOptions {
  /** Default, and what `auto` takes, is `wasm`, which shares batches among all threads and gives the same bits on every machine. */
  readonly device?: DeviceChoice
  /** Rows computed at once; default 1024. */
  readonly batch?: number
  /** Judged on what the network gives (logits, where the loss takes them), as in training. */
  readonly metrics?: Readonly<Record<string, Metric>>
}

export interface PredictOptions extends Omit<EvaluateOptions, 'metrics'> {
  /** What the outputs go through; default `linear`, which leaves them as the loss takes them. `sigmoid` or `softmax` make probabilities of logits. */
  readonly activation?: Activation
}

export interface Evaluation {
  /** The mean of weight · loss over the rows, without dropout. */
  readonly loss: number
  /** By name. */
  readonly metrics: Readonly<Record<string, number>>
}

/**
 * What a network with these weights answers for inputs, row by row: (rows, columns) or (rows, time, columns) in, (rows, columns of the output) out, without
 * dropout: `await predict(net, weights, x, { activation: 'sigmoid' })`. No rows give no outputs. Errors: `EngineError` for inputs that are not whole
 * rows (`wrong-length`), weights of another network, a device that fails, a cell that is interrupted; `UsageError` for a device or activation that there is not.
 */
export async function predict(
  network: Network,
  weights: Weights,
  inputs: Float32Array,
  { device, batch = SCORED, activation = 'linear' }: PredictOptions = {},
): Promise<Float32Array> {
  requireBatch(batch)
  const rows = rowsIn(network, inputs)
  const runner = await (await deviceOf(device)).prepare(network.prediction(batch, { activation }))
  try {
    runner.load(weightsOf(network, weights))
    const given = await inBouts(runner, { rows, inputs: { x: inputs } }, new Pace())
    return given?.['output'] as Float32Array
  } finally {
    runner.dispose()
  }
}

/**
 * The loss and metrics of a network with these weights on examples, as `train` judges its validation rows. Errors: as of `predict`; `EngineError`
 * `not-finite` for a loss that is no number; `UsageError` for no rows, or weights of rows below 0.
 */
export async function evaluate(
  network: Network,
  weights: Weights,
  examples: Examples,
  { device, batch = SCORED, metrics = {} }: EvaluateOptions = {},
): Promise<Evaluation> {
  requireJudged(examples, batch)
  const judge = await scorer(network, examples, metrics, await deviceOf(device), batch)
  try {
    // without a signal nothing ends it first
    const { validationLoss, metrics: judged = {} } = (await judge.score(weightsOf(network, weights))) as Judgement
    return { loss: validationLoss as number, metrics: judged }
  } finally {
    judge.dispose()
  }
}

async function deviceOf(choice: DeviceChoice = wasm): Promise<Device> {
  if (typeof choice !== 'string') return choice
  const name = deviceName(choice)
  return name === 'auto' ? wasm : await loadDevice(name)
}

function rowsIn({ columns, time = 1 }: Network, inputs: Float32Array): number {
  const rows = inputs.length / (columns * time)
  if (Number.isInteger(rows)) return rows
  throw new EngineError({
    code: 'wrong-length',
    what: `${inputs.length} inputs are no whole number of rows of ${columns * time}`,
    where: 'the inputs of a prediction',
    remedy: 'give one Float32Array, row by row',
  })
}
