import { meanLosses, onDevice, pause, wasm, type Device, type DeviceUse, type Pass, type Program } from '../../engine/index.ts'
import { EngineError } from '../../errors/index.ts'
import {
  exponentialAverage,
  fingerprint,
  readCheckpoint,
  showMemory,
  whereItStands,
  writeCheckpoint,
  type EpochRecord,
  type Weights,
} from '../../nn/index.ts'
import type { Seed } from '../../numeric/index.ts'
import { checkpointIn } from '../checkpoint-in.ts'
import type { FitOptions, TrainingWindow } from '../model.ts'
import { trainedOn } from '../trained-on.ts'
import { encode, fitCodec, widthOf, type Codec } from './codec.ts'

/** What came of a training: the weights, and the mean of each loss by epoch, a last one that was begun included. */
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
 * Trains a program of one or several phases on rows of its input `x`. A signal ends it between two steps, with what was learnt so far (averages: over
 * whole epochs, if there was one); with `checkpoints` it goes on from what an earlier one left there. With the device `auto` a training whose device fails goes on with the next one, from its
 * last epoch. Errors: `EngineError` for a number that is not finite, or a device that fails; `FormatError` for a checkpoint that is damaged or of
 * another training.
 */
export async function trainProgram(
  program: Program,
  start: Weights,
  x: Float32Array,
  rows: number,
  epochs: number,
  averaging: number,
  options: FitOptions,
): Promise<TrainedProgram> {
  const { seed, onProgress, signal, device: asked } = options
  const [data, order] = [{ rows, inputs: { x } }, seed.child('order')]
  const average = exponentialAverage(averaging)
  const file = checkpointIn(options, 'maker').checkpoint?.file
  const identity = file === undefined ? '' : fingerprint(program, seed, { rows, x, y: new Float32Array(0) }, undefined)
  const keeps = averaging > 0 || asked === 'auto' || file !== undefined
  let latest = file === undefined ? undefined : await readCheckpoint(file, identity)
  let history = latest?.history ?? []
  const mean = (losses: readonly number[]): string => losses.map(each => each.toPrecision(4)).join(' and ')
  const meansOf = (pass: Pass): readonly number[] => meanLosses(pass, rows, program.batch)
  const work = async (device: Device): Promise<{ readonly weights: Weights; readonly part?: readonly number[] }> => {
    const runner = await device.prepare(program)
    let pass = latest?.pass
    const save = async (): Promise<void> => {
      const { average: before } = latest ?? {}
      latest = { runner: await runner.state(), history, ...(pass && { pass }), ...(before && { average: before }) }
      if (file !== undefined) await writeCheckpoint(file, identity, latest)
    }
    try {
      runner.load(start)
      if (latest !== undefined) runner.restore(latest.runner)
      runner.bind(data)
      onProgress?.(history.length / epochs, showMemory(runner.memory(rows)))
      for (let epoch = history.length; epoch < epochs; epoch++) {
        if (signal?.aborted === true) break
        const { losses, of, ...made } = await runner.epoch({
          seed: order,
          epoch,
          ...(pass && { from: pass }),
          ...(signal && { signal }),
          onSteps: (now, of) => {
            pass = now
            const [share, percent] = [now.steps / of, Math.floor((100 * now.steps) / of)]
            onProgress?.((epoch + share) / epochs, `epoch ${epoch + 1} (${percent}%) of ${epochs}, loss ${mean(meansOf(now))}`)
          },
        })
        pass = { steps: made.steps, sums: made.sums }
        if (made.steps < of) break
        pass = undefined
        const records = [...history, recordOf(program, epoch, losses)]
        // an epoch counts when all of it has been read off the device
        if (keeps) {
          const now = await runner.state()
          const before = latest?.average ?? average.init(start)
          latest = { runner: now, history: records, average: average.update(before, now.parameters, epoch) }
          if (file !== undefined) await writeCheckpoint(file, identity, latest)
        }
        history = records
        onProgress?.((epoch + 1) / epochs, `epoch ${epoch + 1} of ${epochs}, loss ${mean(losses)}`)
        await pause()
      }
      if (pass !== undefined) await save()
      const averaged = averaging > 0 ? latest?.average?.weights : undefined
      return { weights: averaged ?? (await runner.state()).parameters, ...(pass && { part: meansOf(pass) }) }
    } catch (error) {
      if (error instanceof EngineError && error.code === 'interrupted' && pass !== undefined) await save()
      throw error
    } finally {
      runner.dispose()
    }
  }
  const { result, use } = await onDevice(asked ?? wasm, { program, start, rows: data, seed: order }, work, {
    standing: () => whereItStands(file, asked === 'auto' ? latest : undefined),
  })
  const { weights, part } = result
  return { weights, losses: [...history.map(lossesOf), ...(part === undefined ? [] : [part])], ...trainedOn(asked, [use]) }
}

/** The losses of all phases in the form that a checkpoint has for an epoch. */
const recordOf = (program: Program, epoch: number, losses: readonly number[]): EpochRecord => ({
  epoch: epoch + 1,
  loss: losses[0] as number,
  rate: program.training?.rule.rate ?? 0,
  metrics: Object.fromEntries(losses.map((loss, i) => [`phase ${i + 1}`, loss])),
})

const lossesOf = ({ metrics = {} }: EpochRecord): readonly number[] => Object.values(metrics)

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
