import { describe, expect, it } from 'vitest'
import { EngineError } from '../../../lib/errors/index.ts'
import { interpret, reference } from '../../../lib/engine/index.ts'
import { adam, adamW, binaryCrossEntropy, dense, dropout, meanSquaredError, momentum, network, sgd, train, trainingMemory, type Examples } from '../../../lib/nn/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'

/** y = 2 a - b + 1, or whether that is above 1. */
function examples(rows: number, label: (y: number) => number = y => y): Examples {
  const random = Seed.of(2).child(rows).random()
  const x = Float32Array.from({ length: rows * 2 }, () => 2 * random.uniform() - 1)
  return { rows, x, y: Float32Array.from({ length: rows }, (_, i) => label(2 * (x[2 * i] as number) - (x[2 * i + 1] as number) + 1)) }
}

const line = network({ columns: 2, layers: [dense(1)], loss: meanSquaredError })
const deep = network({ columns: 2, layers: [dense(16, { activation: 'relu' }), dropout(0.2), dense(1)], loss: binaryCrossEntropy })
const seed = Seed.of(9)

describe('train', () => {
  it.each([['sgd', sgd({ rate: 0.1 })], ['momentum', momentum({ rate: 0.02 })], ['adam', adam({ rate: 0.05 })], ['adamW', adamW({ rate: 0.05, decay: 0 })]] as const)('finds a line with %s', async (_, optimiser) => {
    const { weights, stopped } = await train(line, examples(200), { epochs: 40, batch: 16, optimiser, seed })
    const [w, b] = [weights['dense-0/weights'] as Float32Array, weights['dense-0/bias'] as Float32Array]
    expect([w[0], w[1], b[0]].map(each => Math.round(1000 * (each as number)) / 1000)).toEqual([2, -1, 1])
    expect(stopped).toBe('finished')
  })

  it('shrinks the weights with AdamW', async () => {
    const free = await train(line, examples(200), { epochs: 60, optimiser: adamW({ rate: 0.05, decay: 0 }), seed })
    const held = await train(line, examples(200), { epochs: 60, optimiser: adamW({ rate: 0.05, decay: 1 }), seed })
    expect(Math.abs(held.weights['dense-0/weights']?.[0] as number)).toBeLessThan(Math.abs(free.weights['dense-0/weights']?.[0] as number) - 0.05)
  })

  it('gives the same bytes for the same seed, and others for another', async () => {
    const data = examples(90, y => (y > 1 ? 1 : 0))
    const [a, b, c] = await Promise.all([seed, seed, Seed.of(10)].map(each => train(deep, data, { epochs: 3, seed: each })))
    expect(b?.weights).toEqual(a?.weights)
    expect(b?.history).toEqual(a?.history)
    expect(c?.weights).not.toEqual(a?.weights)
  })

  it('agrees with the reference device', async () => {
    const data = examples(60, y => (y > 1 ? 1 : 0))
    const [a, b] = await Promise.all([train(deep, data, { epochs: 3, batch: 8, seed, device: reference }), train(deep, data, { epochs: 3, batch: 8, seed })])
    for (const [name, values] of Object.entries(a.weights)) values.forEach((value, i) => expect(Math.abs(value - (b.weights[name]?.[i] as number))).toBeLessThan(1e-5))
  })

  it('scores the validation rows after each epoch, without dropout', async () => {
    const data = examples(90, y => (y > 1 ? 1 : 0))
    const { history, weights } = await train(deep, data, { epochs: 2, seed, validation: data })
    const { loss } = interpret(deep.scoring(32), weights, { rows: data.rows, inputs: { x: data.x, y: data.y } })
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2])
    expect(history[1]?.validationLoss).toBeCloseTo((loss as Float32Array).reduce((sum, each) => sum + each, 0) / data.rows, 5)
  })

  it('gives back what was learnt when it is cancelled', async () => {
    const controller = new AbortController()
    const data = examples(90)
    const cancelled = await train(line, data, { epochs: 50, seed, signal: controller.signal, onProgress: ({ epoch }) => void (epoch === 3 && controller.abort()) })
    const three = await train(line, data, { epochs: 3, seed })
    expect(cancelled.stopped).toBe('cancelled')
    expect(cancelled.history).toHaveLength(3)
    expect(cancelled.weights).toEqual(three.weights)
  })

  it('stops early and keeps the best weights', async () => {
    const data = examples(64)
    // a rate that grows until the loss does too
    const options = { seed, validation: data, optimiser: sgd(), schedule: (epoch: number) => (epoch < 5 ? 0.1 : 1.5) }
    const early = await train(line, data, { epochs: 30, earlyStopping: { patience: 2 }, ...options })
    const losses = early.history.map(({ validationLoss }) => validationLoss as number)
    const best = losses.indexOf(Math.min(...losses))
    expect(early.stopped).toBe('early')
    expect(losses).toHaveLength(best + 3)
    expect(early.weights).toEqual((await train(line, data, { epochs: best + 1, ...options })).weights)
  })

  it('names the operation and the batch of a number that is not finite', async () => {
    const data = examples(40)
    data.x[7] = NaN
    await expect(train(line, data, { epochs: 2, batch: 8, seed })).rejects.toThrow(EngineError)
    await expect(train(line, data, { epochs: 2, batch: 8, seed })).rejects.toThrow(/input "x" .*made it\n {2}where: epoch 1, batch \d/)
  })

  it('tells its memory before it starts, and uses as much', async () => {
    const data = examples(500)
    expect((await train(line, data, { epochs: 1, seed })).memory).toEqual(await trainingMemory(line, 500))
  })
})

describe('network', () => {
  it('starts each parameter from the seed and its name alone', () => {
    const other = network({ columns: 2, layers: [dense(16), dense(4)], loss: meanSquaredError })
    expect(other.start(seed)['dense-0/weights']).toEqual(deep.start(seed)['dense-0/weights'])
  })

  it('starts within the bounds of Glorot and Bengio', () => {
    const limit = Math.sqrt(6 / 18)
    const values = deep.start(seed)['dense-0/weights'] as Float32Array
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(Math.fround(limit))
    expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(0.8 * limit)
  })

  it('drops nothing in prediction', () => {
    expect(deep.prediction(8).steps.some(({ op }) => op === 'dropoutMask')).toBe(false)
    expect(deep.training(8, adam()).steps.some(({ op }) => op === 'dropoutMask')).toBe(true)
  })
})
