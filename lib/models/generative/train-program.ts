import { wasm, type Program } from '../../engine/index.ts'
import { exponentialAverage, type Weights } from '../../nn/index.ts'
import type { Seed } from '../../numeric/index.ts'
import type { FitOptions, TrainingWindow } from '../model.ts'
import { encode, fitCodec, widthOf, type Codec } from './codec.ts'

/** What came of a training: the weights, and the mean of each loss by epoch. */
export interface TrainedProgram {
  readonly weights: Weights
  readonly losses: readonly (readonly number[])[]
}

interface Schedule {
  /** Decay of the exponential average of the weights over epochs that is given back; none unless given. */
  readonly averaging?: number
  readonly epochs: number
  readonly batch: number
  readonly steps: number
}

/** So many epochs that no more than `steps` batches are seen, but ten at least: large tables need fewer passes. */
export const epochsWithin = ({ epochs, batch, steps }: Schedule, rows: number): number =>
  Math.min(epochs, Math.max(10, Math.ceil(steps / Math.ceil(rows / batch))))

/**
 * Trains a program of one or several phases on rows of its input `x`. A signal ends it between two epochs, with what was learnt so far. Errors:
 * `EngineError` for a number that is not finite.
 */
export async function trainProgram(
  program: Program,
  start: Weights,
  x: Float32Array,
  rows: number,
  epochs: number,
  averaging: number,
  { seed, onProgress, signal }: FitOptions,
): Promise<TrainedProgram> {
  const runner = await wasm.prepare(program)
  try {
    runner.load(start)
    runner.bind({ rows, inputs: { x } })
    const losses: (readonly number[])[] = []
    const average = exponentialAverage(averaging)
    let kept = average.init(start)
    for (let epoch = 0; epoch < epochs; epoch++) {
      if (signal?.aborted === true) break
      const { losses: now } = await runner.epoch({ seed: seed.child('order'), epoch })
      losses.push(now)
      if (averaging > 0) kept = average.update(kept, (await runner.state()).parameters, epoch)
      onProgress?.(
        (epoch + 1) / epochs,
        `epoch ${epoch + 1} of ${epochs}, loss ${now.map(each => each.toPrecision(4)).join(' and ')}`,
      )
      await new Promise(resolve => setImmediate(resolve))
    }
    return { weights: averaging > 0 ? kept.weights : (await runner.state()).parameters, losses }
  } finally {
    runner.dispose()
  }
}

/** A window learnt by a network of the codec's width: the way that all makers of customers share. */
export async function learn(
  window: TrainingWindow,
  settings: Schedule,
  network: (width: number) => { readonly program: Program; readonly start: (seed: Seed) => Weights },
  options: FitOptions & { readonly outcome?: boolean },
): Promise<TrainedProgram & { readonly codec: Codec }> {
  const codec = fitCodec(window, { outcome: options.outcome ?? true })
  const { program, start } = network(widthOf(codec))
  const rows = window.features.length
  const first = start(options.seed.child('start'))
  const spread = options.seed.child('spread').random()
  const x = encode(window, codec, () => spread.uniform())
  const trained = await trainProgram(program, first, x, rows, epochsWithin(settings, rows), settings.averaging ?? 0, options)
  return { ...trained, codec }
}
