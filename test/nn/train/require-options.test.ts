import { describe, expect, it } from 'vitest'
import {
  adam,
  adamW,
  dense,
  meanSquaredError,
  momentum,
  nadam,
  network,
  rmsProp,
  sgd,
  train,
  type TrainOptions,
} from '../../../lib/nn/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { examples, line } from './lines.ts'

const seed = Seed.of(5)
const data = examples(20)
const from = (options: Partial<TrainOptions>): Promise<unknown> => train(line, data, { epochs: 1, seed, ...options })

describe('a training that cannot be made is refused before it begins', () => {
  it.each<[string, Partial<TrainOptions>]>([
    ['epochs is NaN', { epochs: NaN }],
    ['epochs is -1', { epochs: -1 }],
    ['epochs is 1.5', { epochs: 1.5 }],
    ['batch is 0', { batch: 0 }],
    ['earlyStopping.patience is NaN', { earlyStopping: { patience: NaN } }],
    ['earlyStopping.least is -1', { earlyStopping: { patience: 1, least: -1 } }],
    ['checkpoint.every is 0', { checkpoint: { file: 'never-written.ckpt', every: 0 } }],
    ['rate is -1', { optimiser: { ...adam(), rate: -1 } }],
  ])('%s', async (what, options) => {
    await expect(from(options)).rejects.toMatchObject({ name: 'UsageError', what })
  })

  it('no rows, and rows that count less than nothing', async () => {
    const none = { rows: 0, x: new Float32Array(0), y: new Float32Array(0) }
    await expect(train(line, none, { epochs: 1, seed })).rejects.toMatchObject({ what: 'rows of the data is 0' })
    const weight = new Float32Array(20).fill(1)
    await expect(train(line, { ...data, weight: weight.with(7, -1) }, { epochs: 1, seed })).rejects.toMatchObject({
      what: 'weight of row 7 is -1',
    })
    const validation = { ...data, weight: weight.with(2, NaN) }
    await expect(from({ validation })).rejects.toMatchObject({ what: 'validation.weight of row 2 is NaN' })
  })

  it('a network that does not fit, before any of its first weights is drawn', async () => {
    let drawn = 0
    const start = (rows: number, columns: number): Float32Array => {
      drawn += 1
      return new Float32Array(rows * columns)
    }
    const wide = network({
      columns: 2,
      layers: [dense(40_000, { start }), dense(40_000, { start }), dense(1)],
      loss: meanSquaredError,
    })
    await expect(train(wide, data, { epochs: 1, seed })).rejects.toMatchObject({ name: 'EngineError', code: 'out-of-memory' })
    expect(drawn).toBe(0)
  })

  it('patience without end keeps the best weights and never stops', async () => {
    expect(await from({ epochs: 3, earlyStopping: { patience: Infinity } })).toMatchObject({ stopped: 'finished' })
  })
})

describe('rules refuse numbers that no training could use', () => {
  it.each<[string, () => unknown]>([
    ['rate is NaN', () => sgd({ rate: NaN })],
    ['rate is -1', () => adam({ rate: -1 })],
    ['rate is Infinity', () => sgd({ rate: Infinity })],
    ['momentum is 1', () => momentum({ momentum: 1 })],
    ['rho is -0.1', () => rmsProp({ rho: -0.1 })],
    ['beta1 is 1', () => adam({ beta1: 1 })],
    ['beta2 is 2', () => nadam({ beta2: 2 })],
    ['epsilon is 0', () => adam({ epsilon: 0 })],
    ['decay is -1', () => adamW({ decay: -1 })],
  ])('%s', (what, make) => {
    expect(make).toThrow(expect.objectContaining({ name: 'UsageError', code: 'bad-rule', what }) as Error)
  })
})
