import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  add,
  elements,
  gradients,
  gru,
  lstm,
  meanAll,
  parameter,
  product,
  reshape,
  square,
  sumAll,
  wasm,
  type Node,
} from '../../../lib/engine/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { evaluateOn, gradientError } from '../evaluate.ts'

const [ROWS, TIME, COLUMNS, UNITS] = [5, 6, 3, 4]

beforeAll(async () => {
  await tf.setBackend('cpu')
})

/** A layer of theirs with our weights: the loss of its states, and the gradients of its weights in their order. */
function theirs(
  layer: tf.layers.Layer,
  x: Float32Array,
  weights: readonly (readonly [Float32Array, number[]])[],
): { readonly loss: number; readonly slopes: readonly Float32Array[] } {
  const input = tf.tensor3d(x, [ROWS, TIME, COLUMNS])
  // the first use makes the weights
  layer.apply(input)
  layer.setWeights(weights.map(([values, shape]) => tf.tensor(values, shape)))
  const { value, grads } = tf.variableGrads(() => tf.mean(tf.square(layer.apply(input) as tf.Tensor)) as tf.Scalar)
  return {
    loss: value.dataSync()[0] as number,
    slopes: layer.trainableWeights.map(weight => grads[(weight.read() as tf.Variable).name]?.dataSync() as Float32Array),
  }
}

const near = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a.length).toBe(b.length)
  return Array.from(a).reduce((worst, each, i) => Math.max(worst, Math.abs(each - (b[i] as number))), 0)
}

describe('recurrent layers agree with the layers of TensorFlow.js 4.22, values and gradients', () => {
  const random = Seed.of(7).random()
  const draw = (length: number): Float32Array => Float32Array.from({ length }, () => 2 * random.uniform() - 1)
  const x: Node = { op: 'parameter', inputs: [], shape: [ROWS, TIME, COLUMNS], attributes: { name: 'x' } }

  it('GRU', async () => {
    const values = {
      x: draw(ROWS * TIME * COLUMNS),
      w: draw(COLUMNS * 3 * UNITS),
      u: draw(UNITS * 2 * UNITS),
      v: draw(UNITS * UNITS),
      b: draw(3 * UNITS),
    }
    const [w, u, v, b] = [
      parameter('w', COLUMNS, 3 * UNITS),
      parameter('u', UNITS, 2 * UNITS),
      parameter('v', UNITS, UNITS),
      parameter('b', 1, 3 * UNITS),
    ] as const
    const loss = meanAll(square(gru(add(product(x, w), b), u, v)))
    const got = await evaluateOn(
      wasm,
      { loss, ...Object.fromEntries(gradients(loss, [w, u, v, b]).map((slope, i) => [`g${i}`, slope])) },
      values,
      1,
    )
    // theirs holds both of the recurrent weights side by side
    const beside = Float32Array.from({ length: UNITS * 3 * UNITS }, (_, i) => {
      const [row, column] = [Math.floor(i / (3 * UNITS)), i % (3 * UNITS)]
      return (column < 2 * UNITS ? values.u[row * 2 * UNITS + column] : values.v[row * UNITS + column - 2 * UNITS]) as number
    })
    const layer = tf.layers.gru({ units: UNITS, returnSequences: true, recurrentActivation: 'sigmoid' })
    const expected = theirs(layer, values.x, [
      [values.w, [COLUMNS, 3 * UNITS]],
      [beside, [UNITS, 3 * UNITS]],
      [values.b, [3 * UNITS]],
    ])
    const split = (from: number, width: number): number[] =>
      Array.from(
        { length: UNITS * width },
        (_, i) => (expected.slopes[1] as Float32Array)[Math.floor(i / width) * 3 * UNITS + from + (i % width)] as number,
      )
    expect(got['loss']?.[0]).toBeCloseTo(expected.loss, 6)
    expect(near(expected.slopes[0] as Float32Array, got['g0'] as Float32Array)).toBeLessThan(1e-6)
    expect(near(split(0, 2 * UNITS), got['g1'] as Float32Array)).toBeLessThan(1e-6)
    expect(near(split(2 * UNITS, UNITS), got['g2'] as Float32Array)).toBeLessThan(1e-6)
    expect(near(expected.slopes[2] as Float32Array, got['g3'] as Float32Array)).toBeLessThan(1e-6)
  })

  it('LSTM', async () => {
    const values = {
      x: draw(ROWS * TIME * COLUMNS),
      w: draw(COLUMNS * 4 * UNITS),
      u: draw(UNITS * 4 * UNITS),
      b: draw(4 * UNITS),
    }
    const [w, u, b] = [
      parameter('w', COLUMNS, 4 * UNITS),
      parameter('u', UNITS, 4 * UNITS),
      parameter('b', 1, 4 * UNITS),
    ] as const
    const loss = meanAll(square(lstm(add(product(x, w), b), u)))
    const got = await evaluateOn(
      wasm,
      { loss, ...Object.fromEntries(gradients(loss, [w, u, b]).map((slope, i) => [`g${i}`, slope])) },
      values,
      1,
    )
    const layer = tf.layers.lstm({ units: UNITS, returnSequences: true, recurrentActivation: 'sigmoid' })
    const expected = theirs(layer, values.x, [
      [values.w, [COLUMNS, 4 * UNITS]],
      [values.u, [UNITS, 4 * UNITS]],
      [values.b, [4 * UNITS]],
    ])
    expect(got['loss']?.[0]).toBeCloseTo(expected.loss, 6)
    expected.slopes.forEach((slope, i) => expect(near(slope, got[`g${i}`] as Float32Array)).toBeLessThan(1e-6))
  })
})

describe('a fused recurrent layer', () => {
  const s: Node = { op: 'parameter', inputs: [], shape: [2, 3, 6], attributes: { name: 's' } }
  const [u, v, w] = [parameter('u', 2, 4), parameter('v', 2, 2), parameter('w', 2, 8)]
  const t: Node = { op: 'parameter', inputs: [], shape: [2, 3, 8], attributes: { name: 't' } }

  it.each([
    ['GRU', (): Node => gru(s, u, v), [s, u, v]],
    ['LSTM', (): Node => lstm(t, w), [t, w]],
  ] as const)('of a %s is differentiated three times as finite differences are', (_, layer, operands) => {
    let scalar = sumAll(square(layer()))
    const random = Seed.of(2).random()
    const values = Object.fromEntries(
      operands.map(each => [
        (each as Node<'parameter'>).attributes.name,
        Float64Array.from({ length: elements(each.shape, 1) }, () => random.uniform() - 0.5),
      ]),
    )
    for (const order of [1, 2, 3]) {
      const slopes = gradients(scalar, operands)
      expect(gradientError(scalar, slopes, operands, values, 1), `order ${order}`).toBeLessThan(1e-5)
      scalar = slopes.map(slope => reshape(sumAll(square(slope)), [1, 1])).reduce(add)
    }
  })

  it('refuses shapes that do not fit', () => {
    expect(() => gru(s, v, u)).toThrow(/"gru" cannot take shapes \(2, 3, 6\), \(2, 2\), \(2, 4\)/)
    expect(() => lstm(s, parameter('w', 2, 8))).toThrow(/"lstm" cannot take shapes/)
  })
})
