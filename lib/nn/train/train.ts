import { wasm, type Device, type Memory, type Runner, type UpdateRule } from '../../engine/index.ts'
import type { Seed } from '../../numeric/index.ts'
import type { Network, Weights } from '../network.ts'
import { adam } from '../optimisers.ts'

/** Rows to learn from: inputs and targets, row by row. */
export interface Examples {
  readonly rows: number
  /** (rows, columns). */
  readonly x: Float32Array
  /** (rows, targets). */
  readonly y: Float32Array
}

export interface EpochRecord {
  /** Counted from 1. */
  readonly epoch: number
  /** Mean over the epoch's batches, dropout acting, each before its own update. */
  readonly loss: number
  /** Of the whole validation set after the epoch, without dropout. */
  readonly validationLoss?: number
}

export interface TrainOptions {
  readonly epochs: number
  /** Rows of a batch; default 32. */
  readonly batch?: number
  /** Default Adam. */
  readonly optimiser?: UpdateRule
  readonly validation?: Examples
  /** Fixes the first weights, the order of rows and dropout. */
  readonly seed: Seed
  readonly device?: Device
  /** Called after each epoch. */
  readonly onProgress?: (record: EpochRecord, epochs: number) => void
  /** Cancels between two epochs; what was learnt so far is given back. */
  readonly signal?: AbortSignal
  /** Stops when the validation loss (else the loss) has not improved by `least` for `patience` epochs, and gives the best weights back. */
  readonly earlyStopping?: { readonly patience: number; readonly least?: number }
  /** The learning rate by epoch, counted from 0. */
  readonly schedule?: (epoch: number) => number
}

export interface Trained {
  readonly weights: Weights
  readonly history: readonly EpochRecord[]
  readonly stopped: 'finished' | 'cancelled' | 'early'
  readonly memory: Memory
}

/** Bytes that a training needs, known before it starts. */
export async function trainingMemory(network: Network, rows: number, { batch = 32, optimiser = adam(), device = wasm }: { readonly batch?: number; readonly optimiser?: UpdateRule; readonly device?: Device } = {}): Promise<Memory> {
  const runner = await device.prepare(network.training(batch, optimiser))
  try {
    return runner.memory(rows)
  } finally {
    runner.dispose()
  }
}

/**
 * Trains a network. On the `wasm` device the same seed and data give the same weights, bit for bit. Errors: `EngineError`: a number
 * that is not finite (with the operation, the epoch and the batch), data that do not fit.
 */
export async function train(network: Network, data: Examples, options: TrainOptions): Promise<Trained> {
  const { epochs, batch = 32, optimiser = adam(), validation, seed, device = wasm, onProgress, signal, earlyStopping, schedule } = options
  const runner = await device.prepare(network.training(batch, optimiser))
  const scorer = validation === undefined ? undefined : await device.prepare(network.scoring(1024))
  try {
    runner.load(network.start(seed.child('start')))
    runner.bind({ rows: data.rows, inputs: { x: data.x, y: data.y } })
    const order = seed.child('order')
    const history: EpochRecord[] = []
    let best: { readonly loss: number; readonly epoch: number; readonly weights: Weights } | undefined
    let stopped: Trained['stopped'] = 'finished'
    for (let epoch = 0; epoch < epochs; epoch++) {
      if (signal?.aborted === true) {
        stopped = 'cancelled'
        break
      }
      const { loss } = await runner.epoch({ seed: order, epoch, ...(schedule === undefined ? {} : { rate: schedule(epoch) }) })
      const validationLoss = scorer === undefined || validation === undefined ? undefined : await score(scorer, await weightsOf(runner), validation)
      const record: EpochRecord = { epoch: epoch + 1, loss, ...(validationLoss === undefined ? {} : { validationLoss }) }
      history.push(record)
      onProgress?.(record, epochs)
      if (earlyStopping !== undefined) {
        const now = validationLoss ?? loss
        if (best === undefined || now < best.loss - (earlyStopping.least ?? 0)) best = { loss: now, epoch, weights: await weightsOf(runner) }
        else if (epoch - best.epoch >= earlyStopping.patience) {
          stopped = 'early'
          break
        }
      }
      await new Promise(resolve => setImmediate(resolve))
    }
    return { weights: best?.weights ?? (await weightsOf(runner)), history, stopped, memory: runner.memory(data.rows) }
  } finally {
    runner.dispose()
    scorer?.dispose()
  }
}

async function weightsOf(runner: Runner): Promise<Weights> {
  return (await runner.state()).parameters
}

/** The mean loss, added up in doubles. */
async function score(runner: Runner, weights: Weights, { rows, x, y }: Examples): Promise<number> {
  runner.load(weights)
  const { loss } = await runner.run({ rows, inputs: { x, y } })
  return (loss as Float32Array).reduce((sum, each) => sum + each, 0) / rows
}
