import path from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  adam,
  batchNorm,
  binaryCrossEntropy,
  dense,
  exponentialAverage,
  network,
  perStep,
  readCheckpoint,
  train,
  type EpochRecord,
  type OnEpoch,
  type TrainOptions,
} from '../../../lib/nn/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { scratch } from '../../data/files.ts'
import { cutEvery } from '../../engine/devices/wasm/cut.ts'
import { deep, labelled } from './lines.ts'

const { folder } = scratch()
const data = labelled(90)
/** Epochs of 6 steps, told of after each. */
const base: TrainOptions = { epochs: 4, batch: 16, seed: Seed.of(6), device: cutEvery(1) }

/** Cancels after so many steps of an epoch. */
function cancelAt(epoch: number, step: number): { readonly signal: AbortSignal; readonly onProgress: OnEpoch } {
  const controller = new AbortController()
  const within = (record: EpochRecord): void => {
    if (record.epoch === epoch && Math.round(6 * (record.share as number)) === step) controller.abort()
  }
  return { signal: controller.signal, onProgress: Object.assign(() => {}, { within }) }
}

describe('a training that is cancelled inside an epoch', () => {
  it('gives back what was learnt so far, and says how much of the epoch that is', async () => {
    const { weights, history, stopped } = await train(deep, data, { ...base, ...cancelAt(3, 2) })
    expect(stopped).toBe('cancelled')
    expect(history.map(({ epoch, share }) => [epoch, share])).toEqual([
      [1, undefined],
      [2, undefined],
      [3, 2 / 6],
    ])
    const [two, three] = await Promise.all([2, 3].map(epochs => train(deep, data, { ...base, epochs })))
    expect(history.slice(0, 2)).toEqual(two?.history)
    expect(weights).not.toEqual(two?.weights)
    expect(weights).not.toEqual(three?.weights)
    // and the first one, too
    const first = await train(deep, data, { ...base, ...cancelAt(1, 1) })
    expect(first.history.map(({ share }) => share)).toEqual([1 / 6])
    expect(first.history[0]?.loss).toBeGreaterThan(0)
  })

  it('gives the best weights of whole epochs back, where they are kept', async () => {
    const stopping = { ...base, validation: labelled(40), earlyStopping: { patience: 3 } }
    const cut = await train(deep, data, { ...stopping, ...cancelAt(3, 4) })
    expect(cut.history[2]).toMatchObject({ epoch: 3, share: 4 / 6 })
    expect(cut.history[2]).not.toHaveProperty('validationLoss')
    expect(cut.weights).toEqual((await train(deep, data, { ...stopping, epochs: 2 })).weights)
    // where no epoch was whole, those of now
    const none = await train(deep, data, { ...stopping, ...cancelAt(1, 4) })
    expect(none.weights).toEqual((await train(deep, data, { ...base, ...cancelAt(1, 4) })).weights)
  })

  const rates = perStep(step => 0.01 / (1 + step))
  it.each([
    ['plainly', {}],
    ['with rates by step', { schedule: rates }],
    [
      'with averages, validation and early stopping',
      {
        averaging: exponentialAverage(0.5),
        validation: labelled(40),
        earlyStopping: { patience: 3 },
        optimiser: adam({ rate: 0.02 }),
      },
    ],
  ] as const)('goes on from its checkpoint to the bytes of one that was not, %s', async (name, options) => {
    const whole = await train(deep, data, { ...base, ...options })
    const file = path.join(folder, name)
    for (const [epoch, step] of [
      [1, 2],
      [1, 3],
      [2, 5],
      [4, 1],
    ] as const) {
      const { history } = await train(deep, data, { ...base, ...options, ...cancelAt(epoch, step), checkpoint: { file } })
      expect(history.at(-1)).toMatchObject({ epoch, share: step / 6 })
      const kept = await readCheckpoint(file)
      expect([kept?.history, kept?.pass?.steps]).toEqual([whole.history.slice(0, epoch - 1), step])
    }
    expect(await train(deep, data, { ...base, ...options, checkpoint: { file } })).toEqual(whole)
    expect(await readCheckpoint(file)).not.toHaveProperty('pass')
  })

  it('and by the signal of a validation that had begun, is judged when it is taken up', async () => {
    const options = { ...base, validation: labelled(2100) }
    const controller = new AbortController()
    const averaging = exponentialAverage(0.5)
    const stopping = {
      ...averaging,
      update: (...given: Parameters<typeof averaging.update>) => {
        // the first validation begins with one batch of three, to see how long it takes
        if (given[2] === 0) controller.abort()
        return averaging.update(...given)
      },
    }
    const checkpoint = { file: path.join(folder, 'validation') }
    const cut = await train(deep, data, { ...options, averaging: stopping, signal: controller.signal, checkpoint })
    expect(cut.history.at(-1)).toMatchObject({ epoch: 1, share: 1 })
    expect(cut.history.at(-1)).not.toHaveProperty('validationLoss')
    expect(await train(deep, data, { ...options, averaging, checkpoint })).toEqual(
      await train(deep, data, { ...options, averaging }),
    )
  })

  it('takes the statistics of batch norm from all rows', async () => {
    const layers = [dense(8, { activation: 'relu' }), batchNorm(), dense(1)]
    const normed = network({ columns: 2, layers, loss: binaryCrossEntropy })
    const { weights } = await train(normed, data, { ...base, ...cancelAt(1, 3) })
    expect(weights['batch-norm-1/mean']?.every(value => value !== 0)).toBe(true)
  })
})

describe('a training that is interrupted in a notebook', () => {
  it('writes its checkpoint, and goes on from there', async () => {
    const file = path.join(folder, 'interrupted')
    const own = globalThis.setTimeout
    const lose = (record: EpochRecord): void => {
      if (record.epoch < 2 || globalThis.setTimeout !== own) return
      globalThis.setTimeout = Object.assign((...given: Parameters<typeof own>) => {
        const timer = own(...given)
        clearTimeout(timer)
        return timer
      }, own)
    }
    try {
      await expect(
        train(deep, data, { ...base, checkpoint: { file }, onProgress: Object.assign(() => {}, { within: lose }) }),
      ).rejects.toMatchObject({ code: 'interrupted' })
    } finally {
      globalThis.setTimeout = own
    }
    expect((await readCheckpoint(file))?.pass?.steps).toBe(2)
    expect(await train(deep, data, { ...base, checkpoint: { file } })).toEqual(await train(deep, data, base))
  })
})
