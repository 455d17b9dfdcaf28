import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import * as engine from '../../../lib/engine/index.ts'
import { gradients, meanAll, multiply, parameter, square, wasm, type Node } from '../../../lib/engine/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { evaluateOn } from '../evaluate.ts'

beforeAll(async () => {
  await tf.setBackend('cpu')
})

const random = Seed.of(5).random()
const draw = (length: number, low = -2, high = 2): Float32Array =>
  Float32Array.from({ length }, () => low + (high - low) * random.uniform())

type Ours = (x: Node, y: Node) => Node
type Theirs = (x: tf.Tensor2D, y: tf.Tensor2D) => tf.Tensor

/** Theirs has no gradient for a comparison: made outside its tape. */
const above: Theirs = (x, y) =>
  tf.tensor2d(
    Array.from(x.dataSync(), (value, i) => value > (y.dataSync()[i] as number)),
    [4, 5],
    'bool',
  )

const normalised = (x: tf.Tensor2D, axis: number): tf.Tensor => {
  const { mean, variance } = tf.moments(x, axis, true)
  return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 0.01)))
}

/** Ours, theirs, and the least value of their operands. */
const PAIRS: [string, Ours, Theirs, number?][] = [
  ['relu', x => engine.relu(x), x => tf.relu(x)],
  ['sigmoid', x => engine.sigmoid(x), x => tf.sigmoid(x)],
  ['tanh', x => engine.tanh(x), x => tf.tanh(x)],
  ['softplus', x => engine.softplus(x), x => tf.softplus(x)],
  ['exp', x => engine.exp(x), x => tf.exp(x)],
  ['log', x => engine.log(x), x => tf.log(x), 0.1],
  ['sqrt', x => engine.sqrt(x), x => tf.sqrt(x), 0.1],
  ['square', x => engine.square(x), x => tf.square(x)],
  ['abs', x => engine.abs(x), x => tf.abs(x)],
  ['clip', x => engine.clip(x, -1, 0.5), x => tf.clipByValue(x, -1, 0.5)],
  ['negate', x => engine.negate(x), x => tf.neg(x)],
  ['GELU', x => engine.gelu(x), x => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1))],
  ['add', (x, y) => engine.add(x, y), (x, y) => tf.add(x, y)],
  ['subtract', (x, y) => engine.subtract(x, y), (x, y) => tf.sub(x, y)],
  ['multiply', (x, y) => engine.multiply(x, y), (x, y) => tf.mul(x, y)],
  ['minimum', (x, y) => engine.minimum(x, y), (x, y) => tf.minimum(x, y)],
  ['a row that meets all', (x, y) => multiply(x, engine.slice(y, 0, 1, 2)), (x, y) => tf.mul(x, tf.slice(y, [1, 0], [1, 5]))],
  ['a column that meets all', (x, y) => multiply(x, engine.slice(y, 1, 2, 3)), (x, y) => tf.mul(x, tf.slice(y, [0, 2], [4, 1]))],
  ['transpose', (x, y) => multiply(engine.transpose(x), engine.transpose(y)), (x, y) => tf.mul(tf.transpose(x), tf.transpose(y))],
  [
    'reshape',
    (x, y) => engine.product(engine.reshape(x, [2, 10]), engine.reshape(y, [10, 2])),
    (x, y) => tf.matMul(tf.reshape(x, [2, 10]), tf.reshape(y, [10, 2])),
  ],
  [
    'pad',
    x => engine.pad(x, 1, 1, 2),
    x =>
      tf.pad(x, [
        [0, 0],
        [1, 2],
      ]),
  ],
  [
    'repeat',
    (x, y) => multiply(engine.repeat(engine.sum(x, 0), 0, 4), y),
    (x, y) => tf.mul(tf.tile(tf.sum(x, 0, true), [4, 1]), y),
  ],
  ['mean over columns', x => engine.mean(x, 1), x => tf.mean(x, 1, true)],
  [
    'scatter-add',
    x =>
      engine.scatterAdd(
        x,
        engine.concat(
          [2, 0, 2, 1].map(row => engine.constant(row)),
          0,
        ),
        3,
      ),
    x => tf.unsortedSegmentSum(x, tf.tensor1d([2, 0, 2, 1], 'int32'), 3),
  ],
  [
    'softmax by blocks',
    x => engine.byBlocks(x, [2, 3], engine.softmax),
    x => tf.concat([tf.softmax(tf.slice(x, [0, 0], [4, 2])), tf.softmax(tf.slice(x, [0, 2], [4, 3]))], 1),
  ],
  ['each row normalised', (x, y) => multiply(engine.normalise(x, 'row', 0.01), y), (x, y) => tf.mul(normalised(x, 1), y)],
  ['each column normalised', (x, y) => multiply(engine.normalise(x, 'column', 0.01), y), (x, y) => tf.mul(normalised(x, 0), y)],
  ['divide', (x, y) => engine.divide(x, y), (x, y) => tf.div(x, y), 0.3],
  ['maximum', (x, y) => engine.maximum(x, y), (x, y) => tf.maximum(x, y)],
  ['erf', x => engine.erf(x), x => tf.erf(x)],
  ['leaky ReLU', x => engine.leakyRelu(x, 0.2), x => tf.leakyRelu(x, 0.2)],
  ['ELU', x => engine.elu(x), x => tf.elu(x)],
  ['pow', (x, y) => engine.pow(x, y), (x, y) => tf.pow(x, y), 0.3],
  ['pow of 3', x => engine.pow(x, 3), x => tf.pow(x, 3)],
  ['max of columns', x => engine.max(x, 1), x => tf.max(x, 1, true)],
  ['softmax', x => engine.softmax(x), x => tf.softmax(x)],
  ['log-sum-exp', x => engine.logSumExp(x), x => tf.logSumExp(x, 1, true)],
  ['log-softmax', x => engine.logSoftmax(x), x => tf.logSoftmax(x)],
  [
    'gather',
    x =>
      engine.gather(
        x,
        engine.concat(
          [2, 0, 2].map(row => engine.constant(row)),
          0,
        ),
      ),
    x => tf.gather(x, [2, 0, 2]),
  ],
  ['product, A transposed', (x, y) => engine.product(x, y, { transposeA: true }), (x, y) => tf.matMul(x, y, true, false)],
  ['product, B transposed', (x, y) => engine.product(x, y, { transposeB: true }), (x, y) => tf.matMul(x, y, false, true)],
  ['sum over rows', x => engine.sum(x, 0), x => tf.sum(x, 0, true)],
  [
    'concat and slice',
    (x, y) => engine.slice(engine.concat([x, y], 1), 1, 2, 7),
    (x, y) => tf.slice(tf.concat([x, y], 1), [0, 2], [4, 5]),
  ],
  [
    'select',
    (x, y) => engine.select(engine.greater(x, y), x, engine.square(y)),
    (x, y) => tf.where(above(x, y), x, tf.square(y)),
  ],
]

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
