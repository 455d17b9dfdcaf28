import { describe, expect, it } from 'vitest'
import { EngineError } from '../../../lib/errors/index.ts'
import { gradients, interpret, square, sumAll, wasm, type Node } from '../../../lib/engine/index.ts'
import {
  adam,
  batchNorm,
  conv1d,
  dense,
  dropout,
  embedding,
  globalMeanPool,
  gru,
  lstm,
  maxPool1d,
  meanSquaredError,
  network,
  orthogonal,
  selfAttention,
  train,
  type Layer,
} from '../../../lib/nn/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { evaluateOn } from '../../engine/evaluate.ts'
import { built, draws, outcome, weightsFor } from './built.ts'

const sizes = { rows: 2, time: 5, columns: 3 }

describe('layers over time', () => {
  it.each<readonly [string, Layer]>([
    ['conv1d', conv1d(4, { kernel: 3, padding: 'causal' })],
    ['GRU', gru(4, { sequences: true })],
    ['LSTM', lstm(4, { sequences: true })],
  ])('%s: no step sees a later one', async (_, layer) => {
    const weights = weightsFor(layer, sizes)
    const x = draws(30, 1)
    const changed = x.map((value, i) => (Math.floor(i / 3) % 5 >= 3 ? value + 1 : value))
    const [a, b] = [await outcome(layer, sizes, x, weights), await outcome(layer, sizes, changed, weights)]
    const at = (y: Float32Array, t: number): number[] =>
      [0, 1].flatMap(row => [...y.subarray((row * 5 + t) * 4, (row * 5 + t + 1) * 4)])
    for (const t of [0, 1, 2]) expect(at(b.y, t)).toEqual(at(a.y, t))
    for (const t of [3, 4]) expect(at(b.y, t)).not.toEqual(at(a.y, t))
  })

  it.each([
    ['GRU', gru],
    ['LSTM', lstm],
  ] as const)('%s: one kernel over time computes what its steps compute, and so do its gradients', async (_, layer) => {
    for (const sequences of [true, false]) {
      const weights = weightsFor(layer(5), sizes)
      const [fused, unrolled] = [
        await outcome(layer(5, { sequences }), sizes, draws(30, 1), weights),
        await outcome(layer(5, { sequences, unrolled: true }), sizes, draws(30, 1), weights),
      ]
      fused.y.forEach((value, i) => expect(value).toBeCloseTo(unrolled.y[i] as number, 6))
      for (const [name, slope] of Object.entries(fused.slopes))
        slope.forEach((value, i) => expect(value, name).toBeCloseTo(unrolled.slopes[name]?.[i] as number, 5))
    }
  })

  it.each([
    ['GRU', gru],
    ['LSTM', lstm],
  ] as const)('the penalty on the slopes of a %s has the gradients of one built step by step', async (_, layer) => {
    const penalty = async (unrolled: boolean): Promise<Readonly<Record<string, Float32Array>>> => {
      const { x, y, parameters } = built(layer(3, { unrolled }), sizes)
      const [slope] = gradients(sumAll(y), [x])
      const slopes = gradients(sumAll(square(slope as Node)), Object.values(parameters))
      const values = { ...weightsFor(layer(3), sizes), x: draws(30, 1) }
      return await evaluateOn(wasm, Object.fromEntries(slopes.map((each, i) => [`g${i}`, each])), values, 2)
    }
    const [fused, stepwise] = [await penalty(false), await penalty(true)]
    for (const [name, values] of Object.entries(fused))
      values.forEach((value, i) => expect(value, name).toBeCloseTo(stepwise[name]?.[i] as number, 5))
  })

  it('self-attention does not know the order of time', async () => {
    const layer = selfAttention(4, { heads: 2 })
    const weights = weightsFor(layer, sizes)
    const x = draws(30, 1)
    const turned = Float32Array.from(
      { length: 30 },
      (_, i) => x[Math.floor(i / 15) * 15 + (4 - (Math.floor(i / 3) % 5)) * 3 + (i % 3)] as number,
    )
    const [a, b] = [(await outcome(layer, sizes, x, weights)).y, (await outcome(layer, sizes, turned, weights)).y]
    a.forEach((value, i) =>
      expect(b[Math.floor(i / 20) * 20 + (4 - (Math.floor(i / 4) % 5)) * 4 + (i % 4)]).toBeCloseTo(value, 5),
    )
  })

  it('an embedding holds numbers for each kind, with and without time, and learns those that it saw', async () => {
    const weights = { table: Float32Array.of(1, 2, 3, 4, 5, 6) }
    const flat = await outcome(embedding(3, 2), { rows: 2, columns: 2 }, Float32Array.of(2, 0, 2, 2), weights)
    expect([...flat.y]).toEqual([5, 6, 1, 2, 5, 6, 5, 6])
    // of Σ (y² + y): 2y + 1 wherever a kind stands
    expect([...(flat.slopes['table'] as Float32Array)]).toEqual([3, 5, 0, 0, 33, 39])
    const timed = await outcome(embedding(3, 2), { rows: 1, time: 2, columns: 1 }, Float32Array.of(1, 0), weights)
    expect([...timed.y]).toEqual([3, 4, 1, 2])
    expect((await outcome(embedding(3, 2), { rows: 1, columns: 1 }, Float32Array.of(3), weights)).y[0]).toBeNaN()
  })

  it('refuse what they cannot work on, by name', () => {
    expect(() => built(gru(4), { rows: 2, columns: 3 })).toThrow(EngineError)
    expect(() => built(globalMeanPool, { rows: 2, columns: 3 })).toThrow(/"global-mean-pool" needs \(batch, time, columns\)/)
    expect(() => built(conv1d(2, { kernel: 6, padding: 'valid' }), sizes)).toThrow(/kernel of 6 steps over 5/)
    for (const make of [() => dense(0), () => gru(0), () => lstm(1.5), () => embedding(0, 3), () => conv1d(2, { kernel: 0 })])
      expect(make).toThrow(/(units|count|kernel) is .*\n.*the layer "(dense|gru|lstm|embedding|conv1d)"/)
    expect(() => dropout(1)).toThrow(/rate is 1\n.*the layer "dropout"/)
    const flat = network({ columns: 3, layers: [dense(2), gru(4)], loss: meanSquaredError })
    expect(() => flat.prediction(1)).toThrow(/"gru" needs[^]*where: layer 2 of 2, "gru"/)
    expect(() => built(maxPool1d(6), sizes)).toThrow(/pool of 6 steps over 5/)
    expect(() => selfAttention(6, { heads: 4 })).toThrow(/6 units in 4 heads/)
  })
})

describe('first values', () => {
  it('orthogonal columns have length 1 and right angles, block by block', () => {
    const [rows, columns] = [5, 12]
    const values = orthogonal(rows, columns, Seed.of(1).random())
    const dot = (a: number, b: number): number =>
      Array.from({ length: rows }, (_, r) => (values[r * columns + a] as number) * (values[r * columns + b] as number)).reduce(
        (x, y) => x + y,
        0,
      )
    for (let a = 0; a < columns; a++)
      for (let b = a; b < columns && Math.floor(b / rows) === Math.floor(a / rows); b++)
        expect(dot(a, b)).toBeCloseTo(a === b ? 1 : 0, 6)
  })

  it('an LSTM begins by not forgetting', () => {
    const { start } = network({ columns: 3, time: 5, layers: [lstm(2)], loss: meanSquaredError, targets: 2 })
    expect([...(start(Seed.of(1))['lstm-0/bias'] as Float32Array)]).toEqual([0, 0, 1, 1, 0, 0, 0, 0])
  })
})

describe('batch norm in a network', () => {
  const normed = network({
    columns: 2,
    layers: [batchNorm(), dense(3, { activation: 'tanh' }), batchNorm(), dense(1)],
    loss: meanSquaredError,
  })
  const random = Seed.of(8).random()
  const x = Float32Array.from({ length: 120 }, (_, i) => (i % 2 === 0 ? 50 + 10 * random.uniform() : random.uniform() - 3))
  const data = {
    rows: 60,
    x,
    y: Float32Array.from({ length: 60 }, (_, i) => (x[2 * i] as number) / 10 - (x[2 * i + 1] as number)),
  }

  it('predicts by the averages over the training data', async () => {
    const { weights } = await train(normed, data, { epochs: 1, batch: 60, seed: Seed.of(2) })
    const mean = [0, 1].map(c => data.x.filter((_, i) => i % 2 === c).reduce((a, b) => a + b, 0) / 60)
    const variance = [0, 1].map(
      c => data.x.filter((_, i) => i % 2 === c).reduce((a, b) => a + (b - (mean[c] as number)) ** 2, 0) / 60,
    )
    mean.forEach((value, c) => expect(weights['batch-norm-0/mean']?.[c]).toBeCloseTo(value, 4))
    variance.forEach((value, c) => expect(weights['batch-norm-0/variance']?.[c]).toBeCloseTo(value, 3))
  })

  it('learns from inputs far from 0, its validation loss that of a prediction', async () => {
    const { weights, history } = await train(normed, data, {
      epochs: 60,
      batch: 20,
      optimiser: adam({ rate: 0.05 }),
      seed: Seed.of(2),
      validation: data,
    })
    const { output } = interpret(normed.prediction(60), weights, { rows: 60, inputs: { x } })
    const loss = (output as Float32Array).reduce((sum, value, i) => sum + (value - (data.y[i] as number)) ** 2, 0) / 60
    expect(history.at(-1)?.validationLoss).toBeCloseTo(loss, 4)
    expect(loss).toBeLessThan(0.3 * (history[0]?.validationLoss as number))
  })
})
