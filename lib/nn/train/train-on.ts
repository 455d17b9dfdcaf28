import type { Device, Program, Rows } from '../../engine/index.ts'
import type { Network } from '../network.ts'
import { adam } from '../optimisers/rules.ts'
import { better, exhausted } from './best.ts'
import { writeCheckpoint, type Progress } from './checkpoint.ts'
import type { EpochRecord, Examples, Trained, TrainOptions } from './options.ts'
import { ratesOf, toldOf } from './rates.ts'
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
  const { epochs, batch = 32, optimiser = adam(), validation, metrics = {}, seed, onProgress, signal } = options
  const { earlyStopping, schedule, averaging, checkpoint } = options
  const runner = await device.prepare(program)
  const judge = validation === undefined ? undefined : await scorer(network, validation, metrics, device)
  const averages = await statistician(network, data, batch, seed.child('statistics'), device)
  try {
    runner.load(network.start(seed.child('start')))
    if (kept !== undefined) runner.restore(kept.runner)
    runner.bind(rowsOf(data))
    options.onStart?.(runner.memory(data.rows))
    const history: EpochRecord[] = [...(kept?.history ?? [])]
    let { best, average } = kept ?? {}
    const order = seed.child('order')
    const weights = async () => await averages.complete(average?.weights ?? (await runner.state()).parameters)
    const progress = async (): Promise<Progress> => ({
      runner: await runner.state(),
      history: [...history],
      ...(best && { best }),
      ...(average && { average }),
    })
    const reason = (): Trained['stopped'] | undefined => {
      if (earlyStopping !== undefined && exhausted(best, history.length, earlyStopping.patience)) return 'early'
      if (history.length >= epochs) return 'finished'
      return signal?.aborted === true ? 'cancelled' : undefined
    }
    let stopped = reason()
    while (stopped === undefined) {
      const epoch = history.length
      const rate = schedule === undefined ? optimiser.rate : ratesOf(schedule, epoch, epochs, Math.ceil(data.rows / batch))
      const { loss } = await runner.epoch({ seed: order, epoch, rate })
      if (averaging !== undefined) {
        const { parameters } = await runner.state()
        average = averaging.update(average ?? averaging.init(parameters), parameters, epoch)
      }
      const now = judge === undefined && earlyStopping === undefined ? {} : await weights()
      const record: EpochRecord = { epoch: epoch + 1, loss, ...toldOf(rate), ...(await judge?.score(now, epoch)) }
      history.push(record)
      if (earlyStopping !== undefined)
        best = better(best, { loss: record.validationLoss ?? loss, epoch, weights: now }, earlyStopping.least)
      if (checkpoint !== undefined && history.length % (checkpoint.every ?? 1) === 0)
        await writeCheckpoint(checkpoint.file, identity, await progress())
      keep?.(await progress())
      onProgress?.(record, epochs)
      await new Promise(resolve => setImmediate(resolve))
      stopped = reason()
    }
    if (checkpoint !== undefined && history.length % (checkpoint.every ?? 1) !== 0)
      await writeCheckpoint(checkpoint.file, identity, await progress())
    return { weights: best?.weights ?? (await weights()), history, stopped, memory: runner.memory(data.rows) }
  } finally {
    runner.dispose()
    judge?.dispose()
    averages.dispose()
  }
}

export function rowsOf({ rows, x, y, weight }: Examples): Rows {
  return { rows, inputs: { x, y, ...(weight === undefined ? {} : { weight }) } }
}
