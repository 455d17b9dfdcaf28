import { pause, type Device, type Program, type Rows } from '../../engine/index.ts'
import { EngineError } from '../../errors/index.ts'
import type { Network } from '../network.ts'
import { adam } from '../optimisers/rules.ts'
import { writeCheckpoint, type Progress } from './checkpoint.ts'
import { Course } from './course.ts'
import type { EpochRecord, Examples, Trained, TrainOptions } from './options.ts'
import { scorer } from './scorer.ts'
import { statistician } from './statistics.ts'

/** A training on one device, from its first epoch or from where another left it. */
export interface Attempt {
  readonly network: Network
  readonly program: Program
  readonly data: Examples
  /** Tells trainings apart in a checkpoint. */
  readonly identity: string
  /** Where to go on from. */
  readonly kept: Progress | undefined
  /** Told how far it is after each epoch, where another device may have to go on. */
  readonly keep: ((progress: Progress) => void) | undefined
}

/** The epochs of `train`, on one device. */
export async function trainOn(
  device: Device,
  { network, program, data, identity, kept, keep }: Attempt,
  options: TrainOptions,
): Promise<Omit<Trained, 'device'>> {
  const { epochs, batch = 32, optimiser = adam(), validation, metrics = {}, seed, onProgress, checkpoint } = options
  const runner = await device.prepare(program)
  const judge = validation === undefined ? undefined : await scorer(network, validation, metrics, device)
  const averages = await statistician(network, data, batch, seed.child('statistics'), device)
  const means = { runner, judge, averages, rows: data.rows, rate: optimiser.rate, order: seed.child('order') }
  const course = new Course(means, options, kept)
  const save = async (): Promise<void> => {
    if (checkpoint !== undefined) await writeCheckpoint(checkpoint.file, identity, await course.progress())
  }
  try {
    runner.bind(rowsOf(data))
    options.onStart?.(runner.memory(data.rows))
    runner.load(network.start(seed.child('start')))
    if (kept !== undefined) runner.restore(kept.runner)
    let saved = course.length
    while (course.over === undefined) {
      const before = course.length
      await course.epoch()
      if (course.length === before) break
      if (course.length % (checkpoint?.every ?? 1) === 0) {
        await save()
        saved = course.length
      }
      keep?.(await course.progress())
      onProgress?.(course.history.at(-1) as EpochRecord, epochs)
      await pause()
    }
    const { history, over: stopped = 'cancelled' } = course
    if (history.length !== saved) await save()
    return { weights: await course.weights(), history, stopped, memory: runner.memory(data.rows) }
  } catch (error) {
    if (error instanceof EngineError && error.code === 'interrupted') await save()
    throw error
  } finally {
    onProgress?.end?.()
    runner.dispose()
    judge?.dispose()
    averages.dispose()
  }
}

export function rowsOf({ rows, x, y, weight }: Examples): Rows {
  return { rows, inputs: { x, y, ...(weight === undefined ? {} : { weight }) } }
}
