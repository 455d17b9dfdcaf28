import { wasm, type Device, type Memory, type Rows, type UpdateRule } from '../../engine/index.ts'
import type { Network } from '../network.ts'
import { adam } from '../optimisers/rules.ts'
import { better, exhausted } from './best.ts'
import { readCheckpoint, writeCheckpoint, type Progress } from './checkpoint.ts'
import { fingerprint } from './fingerprint.ts'
import type { EpochRecord, Examples, Trained, TrainOptions } from './options.ts'
import { scorer } from './scorer.ts'
import { statistician } from './statistics.ts'

/** Bytes that a training needs, known before it starts. */
export async function trainingMemory(
  network: Network,
  rows: number,
  {
    batch = 32,
    optimiser = adam(),
    device = wasm,
  }: { readonly batch?: number; readonly optimiser?: UpdateRule; readonly device?: Device } = {},
): Promise<Memory> {
  const runner = await device.prepare(network.training(batch, optimiser))
  try {
    return runner.memory(rows)
  } finally {
    runner.dispose()
  }
}

/**
 * Trains a network. On the `wasm` device the same seed and data give the same weights, bit for bit, whether the training was broken off and
 * taken up from its checkpoint or not. Errors: `EngineError`: a number that is not finite (with the operation, the epoch and the batch),
 * data that do not fit; `FormatError`: a checkpoint that is damaged or of another training.
 */
export async function train(network: Network, data: Examples, options: TrainOptions): Promise<Trained> {
  const {
    epochs,
    batch = 32,
    optimiser = adam(),
    validation,
    metrics = {},
    seed,
    device = wasm,
    onProgress,
    signal,
    earlyStopping,
    schedule,
    averaging,
    checkpoint,
  } = options
  const program = network.training(batch, optimiser, { weighted: data.weight !== undefined })
  const runner = await device.prepare(program)
  const judge = validation === undefined ? undefined : await scorer(network, validation, metrics, device)
  const averages = await statistician(network, data, batch, seed.child('statistics'), device)
  const identity = checkpoint === undefined ? '' : fingerprint(program, seed, data, validation)
  const kept = checkpoint === undefined ? undefined : await readCheckpoint(checkpoint.file, identity)
  try {
    runner.load(network.start(seed.child('start')))
    if (kept !== undefined) runner.restore(kept.runner)
    runner.bind(rowsOf(data))
    const history: EpochRecord[] = [...(kept?.history ?? [])]
    let { best, average } = kept ?? {}
    const order = seed.child('order')
    const weights = async () => await averages.complete(average?.weights ?? (await runner.state()).parameters)
    const progress = async (): Promise<Progress> => ({
      runner: await runner.state(),
      history,
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
      const rate = schedule?.(epoch, epochs) ?? optimiser.rate
      const { loss } = await runner.epoch({ seed: order, epoch, rate })
      if (averaging !== undefined) {
        const { parameters } = await runner.state()
        average = averaging.update(average ?? averaging.init(parameters), parameters, epoch)
      }
      const now = judge === undefined && earlyStopping === undefined ? {} : await weights()
      const record: EpochRecord = { epoch: epoch + 1, loss, rate, ...(await judge?.score(now, epoch)) }
      history.push(record)
      if (earlyStopping !== undefined)
        best = better(best, { loss: record.validationLoss ?? loss, epoch, weights: now }, earlyStopping.least)
      if (checkpoint !== undefined && history.length % (checkpoint.every ?? 1) === 0)
        await writeCheckpoint(checkpoint.file, identity, await progress())
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

function rowsOf({ rows, x, y, weight }: Examples): Rows {
  return { rows, inputs: { x, y, ...(weight === undefined ? {} : { weight }) } }
}
