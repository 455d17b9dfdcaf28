import { onDevice, wasm, type Device, type DeviceUse, type Program, type State } from '../../engine/index.ts'
import { exponentialAverage, type Weights } from '../../nn/index.ts'
import type { Seed } from '../../numeric/index.ts'
import type { FitOptions, TrainingWindow } from '../model.ts'
import { trainedOn } from '../trained-on.ts'
import { encode, fitCodec, widthOf, type Codec } from './codec.ts'

/** What came of a training: the weights, and the mean of each loss by epoch. */
export interface TrainedProgram {
  readonly weights: Weights
  readonly losses: readonly (readonly number[])[]
  /** What it was trained on, where a device was asked for. */
  readonly device?: DeviceUse
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
 * Trains a program of one or several phases on rows of its input `x`. A signal ends it between two epochs, with what was learnt so far. With the
 * device `auto` a training whose device fails goes on with the next one, from its last epoch. Errors: `EngineError` for a number that is not
 * finite, or a device that fails.
 */
export async function trainProgram(
  program: Program,
  start: Weights,
  x: Float32Array,
  rows: number,
  epochs: number,
  averaging: number,
  { seed, onProgress, signal, device: asked }: FitOptions,
): Promise<TrainedProgram> {
  const [data, order] = [{ rows, inputs: { x } }, seed.child('order')]
  const losses: (readonly number[])[] = []
  const average = exponentialAverage(averaging)
  let kept = average.init(start)
  let latest: State | undefined
  const work = async (device: Device): Promise<Weights> => {
    const runner = await device.prepare(program)
    try {
      runner.load(start)
      if (latest !== undefined) runner.restore(latest)
      runner.bind(data)
      for (let epoch = losses.length; epoch < epochs; epoch++) {
        if (signal?.aborted === true) break
        const { losses: now } = await runner.epoch({ seed: order, epoch })
        // an epoch counts when all of it has been read off the device
        const state = averaging > 0 || asked === 'auto' ? await runner.state() : undefined
        if (asked === 'auto') latest = state
        if (averaging > 0 && state !== undefined) kept = average.update(kept, state.parameters, epoch)
        losses.push(now)
        onProgress?.(
          (epoch + 1) / epochs,
          `epoch ${epoch + 1} of ${epochs}, loss ${now.map(each => each.toPrecision(4)).join(' and ')}`,
        )
        await new Promise(resolve => setImmediate(resolve))
      }
      return averaging > 0 ? kept.weights : (await runner.state()).parameters
    } finally {
      runner.dispose()
    }
  }
  const { result: weights, use } = await onDevice(asked ?? wasm, { program, start, rows: data, seed: order }, work, {
    standing: () => (losses.length === 0 || latest === undefined ? '' : `epoch ${losses.length}, which was kept in memory`),
  })
  return { weights, losses, ...trainedOn(asked, [use]) }
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
