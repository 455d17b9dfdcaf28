import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import * as engine from '../../../lib/engine/index.ts'
import { gradients, meanAll, multiply, parameter, square, wasm } from '../../../lib/engine/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { evaluateOn } from '../evaluate.ts'
import { PAIRS } from './pairs.ts'

beforeAll(async () => {
  await tf.setBackend('cpu')
})

const random = Seed.of(5).random()
const draw = (length: number, low = -2, high = 2): Float32Array =>
  Float32Array.from({ length }, () => low + (high - low) * random.uniform())

describe('value and gradient agree with TensorFlow.js 4.22 (cpu)', () => {
  it.each(PAIRS)('%s', async (_, ours, theirs, low) => {
    const values = { x: draw(20, low ?? -2), y: draw(20, low ?? -2) }
    const [x, y] = [parameter('x', 4, 5), parameter('y', 4, 5)]
    const loss = meanAll(square(ours(x, y)))
    const got = await evaluateOn(
      wasm,
      { loss, ...Object.fromEntries(gradients(loss, [x, y]).map((slope, i) => [`g${i}`, slope])) },
      values,
      1,
    )
    const tensors = [tf.tensor2d(values.x, [4, 5]), tf.tensor2d(values.y, [4, 5])] as const
    const { value, grads } = tf.valueAndGrads(
      (a, b) =>
        tf.add(
          tf.mean(tf.square(theirs(a as tf.Tensor2D, b as tf.Tensor2D))),
          tf.mul(0, tf.add(tf.sum(a as tf.Tensor), tf.sum(b as tf.Tensor))),
        ) as tf.Scalar,
    )([...tensors])
    const near = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
      Array.from(a).reduce(
        (worst, each, i) => Math.max(worst, Math.abs(each - (b[i] as number)) / Math.max(1, Math.abs(each))),
        0,
      )
    expect(near(await value.data(), got['loss'] as Float32Array)).toBeLessThan(2e-5)
    for (const [i, slope] of grads.entries())
      expect(near(await (slope as tf.Tensor).data(), got[`g${i}`] as Float32Array)).toBeLessThan(2e-5)
  })

  it('and five steps of Adam on a network leave the same weights', async () => {
    const [w0, w1] = [draw(6 * 8, -0.5, 0.5), draw(8, -0.5, 0.5)]
    const [x, y] = [draw(10 * 6), Float32Array.from(draw(10), each => (each > 0 ? 1 : 0))]
    const logits = engine.product(engine.relu(engine.product(engine.input('x', 6), parameter('w0', 6, 8))), parameter('w1', 8, 1))
    const loss = meanAll(engine.subtract(engine.softplus(logits), multiply(logits, engine.input('y', 1))))
    const runner = await wasm.prepare(
      engine.compile({
        batch: 10,
        training: { loss, rule: { kind: 'adam', rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-12, decay: 0 } },
      }),
    )
    runner.load({ w0, w1 })
    runner.bind({ rows: 10, inputs: { x, y } })
    for (let epoch = 0; epoch < 5; epoch++) await runner.epoch({ seed: { key0: 0, key1: 0 }, epoch })
    const theirs = [tf.variable(tf.tensor2d(w0, [6, 8])), tf.variable(tf.tensor2d(w1, [8, 1]))] as const
    const [tx, ty] = [tf.tensor2d(x, [10, 6]), tf.tensor2d(y, [10, 1])]
    // theirs adds epsilon after the correction of the second moment, ours (Keras's) before: an epsilon that does not show
    const optimiser = tf.train.adam(0.01, 0.9, 0.999, 1e-12)
    for (let step = 0; step < 5; step++)
      optimiser.minimize(() =>
        tf.mean(tf.losses.sigmoidCrossEntropy(ty, tf.matMul(tf.relu(tf.matMul(tx, theirs[0])), theirs[1]))),
      )
    const { parameters } = await runner.state()
    for (const [i, name] of ['w0', 'w1'].entries()) {
      const expected = await theirs[i as 0 | 1].data()
      expected.forEach((value, j) => expect(Math.abs(value - (parameters[name]?.[j] as number))).toBeLessThan(1e-4))
    }
  })
})
