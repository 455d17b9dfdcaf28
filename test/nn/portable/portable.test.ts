import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { afterAll, describe, expect, it } from 'vitest'
import { computeNow, toOnnx } from '../../../lib/engine/index.ts'
import {
  activation,
  batchNorm,
  conv1d,
  dense,
  dropout,
  embedding,
  flatten,
  globalMaxPool,
  globalMeanPool,
  gru,
  layerNorm,
  lstm,
  maxPool1d,
  meanPool1d,
  meanSquaredError,
  network,
  saveLayersModel,
  saveOnnx,
  selfAttention,
  toLayersModel,
  train,
  type Layer,
  type Network,
  type Weights,
} from '../../../lib/nn/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { onnxRuntime, runOnnx } from '../../engine/onnx/onnx-runtime.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-portable-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))

const [ROWS, TIME, COLUMNS] = [40, 9, 3]

/** Title, layers, whether over time, and whether TensorFlow.js has them all. */
const NETWORKS: readonly (readonly [string, readonly Layer[], boolean, boolean])[] = [
  [
    'dense, dropout and activation',
    [dense(8, { activation: 'relu' }), dropout(0.5), dense(6), activation('tanh'), dense(1)],
    false,
    true,
  ],
  [
    'GELU, ELU, leaky ReLU and softmax',
    [
      dense(6, { activation: 'gelu' }),
      dense(5, { activation: 'elu' }),
      activation('leakyRelu'),
      dense(3, { activation: 'softmax' }),
      dense(1),
    ],
    false,
    true,
  ],
  ['a dense layer with leaky ReLU', [dense(4, { activation: 'leakyRelu' }), dense(1)], false, false],
  [
    'batch norm and layer norm',
    [dense(8), batchNorm(), dense(4, { activation: 'softplus' }), layerNorm(), dense(1)],
    false,
    true,
  ],
  [
    'convolutions, pooled',
    [
      conv1d(4, { kernel: 4, activation: 'relu' }),
      maxPool1d(2),
      conv1d(3, { kernel: 2, padding: 'valid' }),
      meanPool1d(2),
      flatten,
      dense(1),
    ],
    true,
    true,
  ],
  ['the largest over time', [conv1d(4, { kernel: 3 }), globalMaxPool, dense(1)], true, true],
  ['GRU upon GRU', [gru(5, { sequences: true }), gru(4), dense(1)], true, true],
  ['LSTM upon LSTM', [lstm(5, { sequences: true }), lstm(4), dense(1, { activation: 'sigmoid' })], true, true],
  ['the mean over time of an LSTM', [lstm(4, { sequences: true }), batchNorm(), globalMeanPool, dense(1)], true, true],
  ['a causal convolution', [conv1d(4, { kernel: 3, padding: 'causal' }), globalMeanPool, dense(1)], true, false],
  ['self-attention', [selfAttention(4, { heads: 2 }), flatten, dense(1)], true, false],
  ['a GRU step by step', [gru(4, { unrolled: true }), dense(1)], true, true],
]

interface Case {
  readonly net: Network
  readonly weights: Weights
  readonly dims: readonly number[]
  readonly x: Float32Array
  readonly expected: Float32Array
}

/** Trained for two epochs, so that no bias is 0 and statistics are what they are. */
async function trained(layers: readonly Layer[], timed: boolean): Promise<Case> {
  const net = network({ columns: COLUMNS, ...(timed ? { time: TIME } : {}), layers, loss: meanSquaredError })
  const dims = timed ? [ROWS, TIME, COLUMNS] : [ROWS, COLUMNS]
  const random = Seed.of(5).random()
  const x = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => 2 * random.uniform() - 1)
  const y = Float32Array.from({ length: ROWS }, () => random.uniform())
  const { weights } = await train(net, { rows: ROWS, x, y }, { epochs: 2, batch: 16, seed: Seed.of(6) })
  const expected = computeNow(net.prediction(ROWS), weights, { rows: ROWS, inputs: { x } })['output'] as Float32Array
  return { net, weights, dims, x, expected }
}

function expectAlike(got: ArrayLike<number>, expected: Float32Array): void {
  expect(got.length).toBe(expected.length)
  expected.forEach((value, i) => expect(Math.abs((got[i] as number) - value)).toBeLessThan(1e-5))
}

/** Reads the two files as a browser would. */
const reader = (from: string): tf.io.IOHandler => ({
  load: async () => {
    const { modelTopology, weightsManifest } = JSON.parse(
      fs.readFileSync(path.join(from, 'model.json'), 'utf8'),
    ) as tf.io.ModelJSON
    const bytes = fs.readFileSync(path.join(from, 'weights.bin'))
    return {
      modelTopology: modelTopology as object,
      weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
      weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
    }
  },
})

describe.each(NETWORKS)('%s', (title, layers, timed, portable) => {
  it('predicts the same as a LayersModel of TensorFlow.js, or is refused by the name of the layer', async () => {
    await tf.setBackend('cpu')
    const { net, weights, dims, x, expected } = await trained(layers, timed)
    if (!portable) {
      expect(() => toLayersModel(net, weights)).toThrow(
        /the layer "((conv1d|self-attention)" has no place in|dense" has the activation "leakyRelu", which) a LayersModel/,
      )
      return
    }
    const to = path.join(folder, title.replaceAll(' ', '-'))
    await saveLayersModel(to, net, weights)
    const model = await tf.loadLayersModel(reader(to))
    expectAlike((model.predict(tf.tensor(x, [...dims])) as tf.Tensor).dataSync(), expected)
    expect(fs.readdirSync(to).toSorted()).toEqual(['model.json', 'weights.bin'])
  })

  it('predicts the same as an ONNX model on onnxruntime', async ({ skip }) => {
    skip(onnxRuntime === undefined, 'CLVLAB_ONNXRUNTIME does not say where it is')
    const { net, weights, dims, x, expected } = await trained(layers, timed)
    const file = path.join(folder, `${title.replaceAll(' ', '-')}.onnx`)
    await saveOnnx(file, net, weights)
    const { output } = await runOnnx(fs.readFileSync(file), { x: { dims, data: x } })
    expectAlike(output as Float32Array, expected)
  })
})

describe('an embedding', () => {
  const net = network({ columns: 2, layers: [embedding(5, 3), dense(1)], loss: meanSquaredError })
  const weights = net.start(Seed.of(1))
  const x = Float32Array.of(0, 4, 2, 1)
  const expected = computeNow(net.prediction(2), weights, { rows: 2, inputs: { x } })['output'] as Float32Array

  it('goes out as ONNX', async ({ skip }) => {
    skip(onnxRuntime === undefined, 'CLVLAB_ONNXRUNTIME does not say where it is')
    const { output } = await runOnnx(toOnnx(net.prediction(1), weights), { x: { dims: [2, 2], data: x } })
    expectAlike(output as Float32Array, expected)
  })

  it('is refused as a LayersModel, and weights of another network everywhere', () => {
    expect(() => toLayersModel(net, weights)).toThrow(/the layer "embedding" has no place/)
    const other = network({ columns: 2, layers: [dense(1)], loss: meanSquaredError })
    expect(() => toLayersModel(other, weights)).toThrow(/no values for "dense-0\/weights"/)
    expect(() => toLayersModel(other, { 'dense-0/weights': new Float32Array(3) })).toThrow(/has 3 values where 2 belong/)
    expect(() => toOnnx(other.prediction(1), weights)).toThrow(/no values for "dense-0\/weights"/)
  })

  it('leaves what was there where it cannot be written', async () => {
    await expect(saveOnnx(path.join(folder, 'none', 'a.onnx'), net, weights)).rejects.toThrow(/ENOENT/)
  })
})
