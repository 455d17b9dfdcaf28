import { describe, expect, it } from 'vitest'
import { EngineError } from '../../../lib/errors/index.ts'
import { interpret, reference } from '../../../lib/engine/index.ts'
import {
  adam,
  adamW,
  binaryAccuracy,
  dense,
  exponentialAverage,
  meanSquaredError,
  momentum,
  network,
  perStep,
  sgd,
  stochasticWeightAverage,
  train,
  trainingMemory,
  type Weights,
} from '../../../lib/nn/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { deep, examples, labelled, line } from './lines.ts'

const seed = Seed.of(9)

describe('train', () => {
  it.each([
    ['sgd', sgd({ rate: 0.1 })],
    ['momentum', momentum({ rate: 0.02 })],
    ['adam', adam({ rate: 0.05 })],
    ['adamW', adamW({ rate: 0.05, decay: 0 })],
  ] as const)('finds a line with %s', async (_, optimiser) => {
    const { weights, stopped } = await train(line, examples(200), { epochs: 40, batch: 16, optimiser, seed })
    const [w, b] = [weights['dense-0/weights'] as Float32Array, weights['dense-0/bias'] as Float32Array]
    expect([w[0], w[1], b[0]].map(each => Math.round(1000 * (each as number)) / 1000)).toEqual([2, -1, 1])
    expect(stopped).toBe('finished')
  })

  it('shrinks the weights with AdamW', async () => {
    const free = await train(line, examples(200), { epochs: 60, optimiser: adamW({ rate: 0.05, decay: 0 }), seed })
    const held = await train(line, examples(200), { epochs: 60, optimiser: adamW({ rate: 0.05, decay: 1 }), seed })
    expect(Math.abs(held.weights['dense-0/weights']?.[0] as number)).toBeLessThan(
      Math.abs(free.weights['dense-0/weights']?.[0] as number) - 0.05,
    )
  })

  it('gives the same bytes for the same seed, and others for another', async () => {
    const data = labelled(90)
    const [a, b, c] = await Promise.all([seed, seed, Seed.of(10)].map(each => train(deep, data, { epochs: 3, seed: each })))
    expect(b?.weights).toEqual(a?.weights)
    expect(b?.history).toEqual(a?.history)
    expect(c?.weights).not.toEqual(a?.weights)
  })

  it('agrees with the reference device', async () => {
    const data = labelled(60)
    const [a, b] = await Promise.all([
      train(deep, data, { epochs: 3, batch: 8, seed, device: reference }),
      train(deep, data, { epochs: 3, batch: 8, seed }),
    ])
    for (const [name, values] of Object.entries(a.weights))
      values.forEach((value, i) => expect(Math.abs(value - (b.weights[name]?.[i] as number))).toBeLessThan(1e-5))
  })

  it('scores the validation rows after each epoch, without dropout', async () => {
    const data = labelled(90)
    const { history, weights } = await train(deep, data, { epochs: 2, seed, validation: data })
    const { loss } = interpret(deep.scoring(32), weights, { rows: data.rows, inputs: { x: data.x, y: data.y } })
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2])
    expect(history[1]?.validationLoss).toBeCloseTo((loss as Float32Array).reduce((sum, each) => sum + each, 0) / data.rows, 5)
  })

  it('gives back what was learnt when it is cancelled', async () => {
    const controller = new AbortController()
    const data = examples(90)
    const cancelled = await train(line, data, {
      epochs: 50,
      seed,
      signal: controller.signal,
      onProgress: ({ epoch }) => void (epoch === 3 && controller.abort()),
    })
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
    await expect(train(line, data, { epochs: 2, batch: 8, seed })).rejects.toThrow(
      /input "x" .*made it\n {2}where: epoch 1, batch \d/,
    )
  })

  it('counts a row of weight 2 as the same row twice, and one of weight 0 as none', async () => {
    const data = examples(32)
    const weight = Float32Array.from({ length: 32 }, (_, i) => i % 3)
    const times = [...weight].flatMap((count, i) => Array.from({ length: count }, () => i))
    const twice = {
      rows: times.length,
      x: Float32Array.from(times.flatMap(i => [data.x[2 * i] as number, data.x[2 * i + 1] as number])),
      y: Float32Array.from(times, i => data.y[i] as number),
    }
    // whole batches: the mean over 32 weighted rows is 31 / 32 of that over the 31 repeated ones
    const [a, b] = await Promise.all([
      train(line, { ...data, weight }, { epochs: 3, batch: 32, optimiser: sgd({ rate: 0.032 }), seed }),
      train(line, twice, { epochs: 3, batch: twice.rows, optimiser: sgd({ rate: 0.001 * twice.rows }), seed }),
    ])
    expect(twice.rows).toBe(31)
    for (const [name, values] of Object.entries(a.weights))
      values.forEach((value, i) => expect(value).toBeCloseTo(b.weights[name]?.[i] as number, 5))
    expect(a.weights).not.toEqual(
      (await train(line, data, { epochs: 3, batch: 32, optimiser: sgd({ rate: 0.032 }), seed })).weights,
    )
  })

  it('weighs the validation rows too, and judges them by metrics', async () => {
    const data = labelled(90)
    const weight = Float32Array.from(data.y, label => 1 + label)
    const { history, weights } = await train(deep, data, {
      epochs: 2,
      seed,
      validation: { ...data, weight },
      metrics: { accuracy: binaryAccuracy },
    })
    const { loss } = interpret(deep.scoring(32), weights, { rows: data.rows, inputs: { x: data.x, y: data.y } })
    const { output } = interpret(deep.prediction(32), weights, { rows: data.rows, inputs: { x: data.x } })
    expect(history[1]?.validationLoss).toBeCloseTo(
      (loss as Float32Array).reduce((sum, each, i) => sum + each * (weight[i] as number), 0) / data.rows,
      5,
    )
    expect(history[1]?.metrics?.['accuracy']).toBe(
      (output as Float32Array).filter((z, i) => (z > 0 ? 1 : 0) === data.y[i]).length / 90,
    )
  })

  it('says the rate of each epoch, from its schedule or its optimiser', async () => {
    const data = examples(20)
    expect(
      (await train(line, data, { epochs: 3, seed, schedule: (epoch, epochs) => (epoch + 1) / (100 * epochs) })).history.map(
        ({ rate }) => rate,
      ),
    ).toEqual([1 / 300, 2 / 300, 0.01])
    expect((await train(line, data, { epochs: 1, seed, optimiser: sgd({ rate: 0.25 }) })).history[0]?.rate).toBe(0.25)
  })

  it('follows a schedule from step to step, and says its first and last rate of each epoch', async () => {
    const data = examples(20)
    const asked: (readonly [number, number])[] = []
    const schedule = perStep((step, steps) => {
      asked.push([step, steps])
      return 0.01 * (step + 1)
    })
    const { history, weights } = await train(line, data, { epochs: 2, batch: 8, seed, schedule, optimiser: sgd() })
    expect(asked).toEqual([0, 1, 2, 3, 4, 5].map(step => [step, 6]))
    expect(history.map(({ firstRate, rate }) => [firstRate, rate])).toEqual([
      [0.01, 0.03],
      [0.04, 0.06],
    ])
    expect(weights).not.toEqual((await train(line, data, { epochs: 2, batch: 8, seed, optimiser: sgd({ rate: 0.03 }) })).weights)
    // one rate for all steps, however it is said
    const [said, told] = await Promise.all(
      [perStep(() => 0.02), () => 0.02].map(each => train(line, data, { epochs: 2, batch: 8, seed, schedule: each })),
    )
    expect(said?.weights).toEqual(told?.weights)
  })

  it('refuses a schedule that answers no rate, and names the step', async () => {
    const schedule = perStep(step => (step === 4 ? NaN : 0.1))
    await expect(train(line, examples(20), { epochs: 2, batch: 8, seed, schedule })).rejects.toMatchObject({
      code: 'bad-rate',
      where: 'step 5 (epoch 2)',
    })
    await expect(train(line, examples(20), { epochs: 2, seed, schedule: () => -1 })).rejects.toMatchObject({ where: 'epoch 1' })
  })

  it('gives back the averaged weights, and validates them', async () => {
    const data = examples(40)
    const after = async (epochs: number): Promise<Weights> => (await train(line, data, { epochs, seed })).weights
    const each = await Promise.all([1, 2, 3].map(after))
    const at = (weights: Weights | undefined): number => weights?.['dense-0/weights']?.[0] as number
    const swa = await train(line, data, { epochs: 3, seed, averaging: stochasticWeightAverage(1), validation: data })
    expect(at(swa.weights)).toBeCloseTo((at(each[1]) + at(each[2])) / 2, 6)
    const { loss } = interpret(line.scoring(40), swa.weights, { rows: 40, inputs: { x: data.x, y: data.y } })
    expect(swa.history[2]?.validationLoss).toBeCloseTo((loss as Float32Array).reduce((sum, value) => sum + value, 0) / 40, 5)
    const ema = await train(line, data, { epochs: 3, seed, averaging: exponentialAverage(0.75) })
    expect(at(ema.weights)).toBeCloseTo(0.75 * (0.75 * at(each[0]) + 0.25 * at(each[1])) + 0.25 * at(each[2]), 6)
  })

  it('names the epoch of a validation loss that is not finite', async () => {
    const bad = examples(30)
    bad.x[3] = Infinity
    const failed = train(line, examples(40), { epochs: 2, seed, validation: bad })
    await expect(failed).rejects.toMatchObject({ code: 'not-finite', where: 'epoch 1' })
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
