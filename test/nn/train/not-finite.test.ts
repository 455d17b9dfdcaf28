import { describe, expect, it } from 'vitest'
import { EngineError } from '../../../lib/errors/index.ts'
import { ganWith, vaeWith } from '../../../lib/models/index.ts'
import {
  conv1d,
  dense,
  globalMeanPool,
  gru,
  lstm,
  meanSquaredError,
  network,
  sgd,
  train,
  zeroInflatedLognormal,
  type Layer,
} from '../../../lib/nn/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { boughtTask } from '../../models/generative/bought.ts'

const seed = Seed.of(3)
const [ROWS, TIME, COLUMNS] = [40, 5, 2]
const KINDS: readonly (readonly [string, readonly Layer[]])[] = [
  ['GRU', [gru(4)]],
  ['LSTM', [lstm(4)]],
  ['CNN', [conv1d(4, { kernel: 2 }), globalMeanPool]],
]
const weeks = (): Float32Array => Float32Array.from({ length: ROWS * TIME * COLUMNS }, (_, i) => ((i * 37) % 11) / 11)
const y = Float32Array.from({ length: ROWS }, (_, i) => i % 3)

describe('a number that is not finite ends a training, with the operation that made it and the batch', () => {
  it.each(KINDS)('of a %s, when it stands among the weeks', async (_, layers) => {
    const net = network({ columns: COLUMNS, time: TIME, layers: [...layers, dense(1)], loss: meanSquaredError })
    const x = weeks()
    x[17] = NaN
    const failed = train(net, { rows: ROWS, x, y }, { epochs: 2, batch: 8, seed })
    await expect(failed).rejects.toThrow(EngineError)
    await expect(failed).rejects.toThrow(/: input "x" of shape \(batch, 5, 2\) made it\n {2}where: epoch 1, batch [1-5]\n/)
  })

  it.each(KINDS)('of a %s, when its rate is too high', async (_, layers) => {
    const net = network({ columns: COLUMNS, time: TIME, layers: [...layers, dense(1)], loss: meanSquaredError })
    const failed = train(net, { rows: ROWS, x: weeks(), y }, { epochs: 2, batch: 8, seed, optimiser: sgd({ rate: 1e38 }) })
    await expect(failed).rejects.toMatchObject({
      code: 'not-finite',
      where: expect.stringMatching(/^epoch 1, batch [2-5]$/) as string,
    })
    await expect(failed).rejects.toThrow(
      /: (?!an operation)(?:the update before this batch made )?[a-zA-Z]+ .*of shape \(.*\) (?:made it|so)/,
    )
  })

  it('when the update after the last batch made it: nothing else would tell', async () => {
    const net = network({ columns: 2, layers: [dense(1)], loss: meanSquaredError })
    const failed = train(
      net,
      { rows: ROWS, x: weeks().slice(0, 2 * ROWS), y },
      { epochs: 1, batch: ROWS, seed, optimiser: sgd({ rate: 3e38 }) },
    )
    await expect(failed).rejects.toMatchObject({
      code: 'not-finite',
      what: expect.stringMatching(/the last update made value \d of "dense-0\/(?:weights|bias)" -?Infinity$/) as string,
      where: 'after epoch 1',
    })
  })

  it('when a target of ZILN is no number: it is no customer who never buys', async () => {
    const net = network({ columns: 2, layers: [dense(3)], loss: zeroInflatedLognormal })
    const failed = train(net, { rows: ROWS, x: weeks().slice(0, 2 * ROWS), y: y.with(3, NaN) }, { epochs: 1, batch: ROWS, seed })
    await expect(failed).rejects.toThrow(/: input "y" of shape \(batch, 1\) made it/)
  })

  it.each([
    ['GAN', ganWith('gan', 'x', { rate: 1e38 })],
    ['VAE', vaeWith('vae', 'x', { rate: 1e38 })],
  ] as const)('of a %s, when its rate is too high', async (_, maker) => {
    const failed = maker.fit(boughtTask(200).training, { seed })
    await expect(failed).rejects.toMatchObject({
      code: 'not-finite',
      where: expect.stringMatching(/^epoch 1, batch [1-4]$/) as string,
    })
    await expect(failed).rejects.toThrow(
      /: (?!an operation)(?:the update before this batch made )?[a-zA-Z]+ .*of shape \(.*\) (?:made it|so)/,
    )
  })
})
