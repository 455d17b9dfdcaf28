import { describe, expect, it } from 'vitest'
import { EngineError, UsageError } from '../../../lib/errors/index.ts'
import { computeNow } from '../../../lib/engine/index.ts'
import {
  binaryAccuracy,
  categoricalCrossEntropy,
  dense,
  evaluate,
  gru,
  meanSquaredError,
  network,
  predict,
  train,
} from '../../../lib/nn/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { deep, examples, labelled, line } from './lines.ts'

const seed = Seed.of(4)
const data = labelled(90)
const weights = deep.start(seed)
const logits = (): Float32Array =>
  computeNow(deep.prediction(90), weights, { rows: 90, inputs: { x: data.x } })['output'] as Float32Array

describe('predict', () => {
  it('answers what the network gives, by row, whatever the batch', async () => {
    expect(await predict(deep, weights, data.x)).toEqual(logits())
    expect(await predict(deep, weights, data.x, { batch: 7 })).toEqual(logits())
    expect(await predict(deep, weights, new Float32Array(0))).toEqual(new Float32Array(0))
  })

  it('on a device that is named', async () => {
    const near = await predict(deep, weights, data.x, { device: 'reference' })
    logits().forEach((value, i) => expect(near[i]).toBeCloseTo(value, 5))
    expect(await predict(deep, weights, data.x, { device: 'auto' })).toEqual(logits())
  })

  it('makes probabilities of logits', async () => {
    const given = await predict(deep, weights, data.x, { activation: 'sigmoid' })
    logits().forEach((z, i) => expect(given[i]).toBeCloseTo(1 / (1 + Math.exp(-z)), 6))
    const kinds = network({ columns: 2, layers: [dense(3)], loss: categoricalCrossEntropy, targets: 3 })
    const shares = await predict(kinds, kinds.start(seed), data.x, { activation: 'softmax' })
    for (let row = 0; row < 90; row++) expect(shares.subarray(3 * row, 3 * row + 3).reduce((a, b) => a + b)).toBeCloseTo(1, 6)
  })

  it('of sequences, by row', async () => {
    const net = network({ columns: 2, time: 3, layers: [gru(2), dense(1)], loss: meanSquaredError })
    expect(await predict(net, net.start(seed), data.x)).toHaveLength(30)
    await expect(predict(net, net.start(seed), data.x.subarray(1))).rejects.toThrow(/179 inputs are no whole number of rows of 6/)
  })

  it('refuses by name what it cannot answer for', async () => {
    await expect(predict(line, {}, data.x)).rejects.toThrow(/no values for "dense-0\/weights"/)
    await expect(predict(deep, weights, data as never)).rejects.toThrow(EngineError)
    await expect(predict(deep, weights, data.x, { batch: 0 })).rejects.toThrow(/batch is 0/)
    await expect(predict(deep, weights, data.x, { device: 'wsam' as never })).rejects.toThrow(/did you mean wasm\?/)
    await expect(predict(deep, weights, data.x, { activation: 'sigmiod' as never })).rejects.toThrow(/did you mean sigmoid\?/)
  })
})

describe('evaluate', () => {
  it('judges as training judges its validation rows', async () => {
    const rows = { ...data, weight: Float32Array.from({ length: 90 }, (_, i) => i % 3) }
    const metrics = { accuracy: binaryAccuracy }
    const { weights: learnt, history } = await train(deep, data, { epochs: 2, seed, validation: rows, metrics })
    const { loss, metrics: judged } = await evaluate(deep, learnt, rows, { metrics })
    expect({ validationLoss: loss, metrics: judged }).toEqual({
      validationLoss: history[1]?.validationLoss,
      metrics: history[1]?.metrics,
    })
    expect((await evaluate(deep, learnt, rows, { batch: 16 })).loss).toBe(loss)
  })

  it('counts rows by their weights: of errors of 1 and 3, half of 1 + 9, and of 4 · 1 + 0 · 9', async () => {
    const off = { 'dense-0/weights': Float32Array.of(0, 0), 'dense-0/bias': Float32Array.of(0) }
    const two = { rows: 2, x: new Float32Array(4), y: Float32Array.of(1, 3) }
    expect(await evaluate(line, off, two)).toEqual({ loss: 5, metrics: {} })
    expect((await evaluate(line, off, { ...two, weight: Float32Array.of(4, 0) })).loss).toBe(2)
  })

  it('refuses by name what cannot be judged', async () => {
    const given = line.start(seed)
    await expect(evaluate(line, given, { ...examples(3), rows: 0 })).rejects.toThrow(UsageError)
    await expect(evaluate(line, given, { ...examples(3), weight: Float32Array.of(1, -1, 1) })).rejects.toThrow(/weight of row 1/)
    await expect(evaluate(line, given, examples(3), { batch: 1.5 })).rejects.toThrow(/batch is 1.5/)
    await expect(evaluate(line, given, { ...examples(3), x: new Float32Array(5) })).rejects.toThrow(EngineError)
    await expect(evaluate(line, given, { ...examples(3), y: Float32Array.of(1, NaN, 1) })).rejects.toThrow(
      /the loss is NaN\n {2}where: rows that are judged/,
    )
  })
})
