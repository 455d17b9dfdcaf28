import { onDevice, wasm, type Device, type Memory, type UpdateRule } from '../../engine/index.ts'
import type { Network } from '../network.ts'
import { adam } from '../optimisers/rules.ts'
import { readCheckpoint, whereItStands, type Progress } from './checkpoint.ts'
import { fingerprint } from './fingerprint.ts'
import type { Examples, Trained, TrainOptions } from './options.ts'
import { requireOptions } from './require-options.ts'
import { rowsOf, trainOn } from './train-on.ts'

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
 * taken up from its checkpoint or not; on another, what it was and how far it is from `wasm` is told in `device`. With `auto` a training whose device
 * fails goes on with the next one, from its last checkpoint, else from its last epoch. Errors: `EngineError`: a number that is not finite (with the
 * operation, the epoch and the batch), data that do not fit, a device that fails (`device-failed`, with the last checkpoint); `FormatError`: a
 * checkpoint that is damaged or of another training; `UsageError`: an option that no training can be made with.
 */
export async function train(network: Network, data: Examples, options: TrainOptions): Promise<Trained> {
  requireOptions(data, options)
  const { batch = 32, optimiser = adam(), validation, seed, device = wasm, checkpoint, onNote } = options
  const program = network.training(batch, optimiser, { weighted: data.weight !== undefined })
  const identity = checkpoint === undefined ? '' : fingerprint(program, seed, data, validation)
  let latest: Progress | undefined
  const kept = async (): Promise<Progress | undefined> =>
    checkpoint === undefined ? latest : await readCheckpoint(checkpoint.file, identity)
  await kept()
  const keep = device !== 'auto' || checkpoint !== undefined ? undefined : (now: Progress) => (latest = now)
  const { result, use } = await onDevice(
    device,
    {
      program,
      // drawn where a device is measured: a network that fits on none is refused before its millions of first weights are drawn
      get start() {
        return network.start(seed.child('start'))
      },
      rows: rowsOf(data),
      seed: seed.child('order'),
    },
    async on => await trainOn(on, { network, program, data, identity, kept: await kept(), keep }, options),
    { ...(onNote === undefined ? {} : { onNote }), standing: () => whereItStands(checkpoint?.file, latest) },
  )
  return { ...result, device: use }
}
