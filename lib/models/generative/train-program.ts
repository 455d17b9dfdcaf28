import { wasm, type Program } from '../../engine/index.ts'
import type { Weights } from '../../nn/index.ts'
import type { FitOptions } from '../model.ts'

/** What came of a training: the weights, and the mean of each loss by epoch. */
export interface TrainedProgram {
  readonly weights: Weights
  readonly losses: readonly (readonly number[])[]
}

/** So many epochs that no more than `steps` batches are seen, but ten at least: large tables need fewer passes. */
export const epochsWithin = (
  { epochs, batch, steps }: { readonly epochs: number; readonly batch: number; readonly steps: number },
  rows: number,
): number => Math.min(epochs, Math.max(10, Math.ceil(steps / Math.ceil(rows / batch))))

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
  { seed, onProgress, signal }: FitOptions,
): Promise<TrainedProgram> {
  const runner = await wasm.prepare(program)
  try {
    runner.load(start)
    runner.bind({ rows, inputs: { x } })
    const losses: (readonly number[])[] = []
    for (let epoch = 0; epoch < epochs; epoch++) {
      if (signal?.aborted === true) break
      const { losses: now } = await runner.epoch({ seed: seed.child('order'), epoch })
      losses.push(now)
      onProgress?.(
        (epoch + 1) / epochs,
        `epoch ${epoch + 1} of ${epochs}, loss ${now.map(each => each.toPrecision(4)).join(' and ')}`,
      )
      await new Promise(resolve => setImmediate(resolve))
    }
    return { weights: (await runner.state()).parameters, losses }
  } finally {
    runner.dispose()
  }
}
