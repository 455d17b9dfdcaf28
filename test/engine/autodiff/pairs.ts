import * as tf from '@tensorflow/tfjs'
import * as all from '../../../lib/engine/index.ts'
import type { Node } from '../../../lib/engine/index.ts'

/** Names of the functions of the engine that a pair has called. */
export const called = new Set<string>()

const engine = new Proxy(
  { ...all },
  {
    get: (own, name: string) => {
      called.add(name)
      return own[name as keyof typeof all]
    },
  },
)

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

/** The gradient of what is made of x, each element of it weighed. */
const slopes = (of: Node, x: Node, weights: Node): Node => all.gradients(all.sumAll(all.multiply(of, weights)), [x])[0] as Node

/** The same of each row normalised, by hand (Ioffe and Szegedy 2015, section 3), for theirs takes no gradient of a gradient. */
const normalisedSlopes: Theirs = (x, y) => {
  const { mean, variance } = tf.moments(x, 1, true)
  const deviation = tf.sqrt(tf.add(variance, 0.01))
  const own = tf.div(tf.sub(x, mean), deviation)
  const along = tf.mul(own, tf.mean(tf.mul(y, own), 1, true))
  return tf.div(tf.sub(tf.sub(y, tf.mean(y, 1, true)), along), deviation)
}

/** Ours, theirs, and the least value of their operands. */
export const PAIRS: [string, Ours, Theirs, number?][] = [
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
  [
    'a row that meets all',
    (x, y) => engine.multiply(x, engine.slice(y, 0, 1, 2)),
    (x, y) => tf.mul(x, tf.slice(y, [1, 0], [1, 5])),
  ],
  [
    'a column that meets all',
    (x, y) => engine.multiply(x, engine.slice(y, 1, 2, 3)),
    (x, y) => tf.mul(x, tf.slice(y, [0, 2], [4, 1])),
  ],
  [
    'transpose',
    (x, y) => engine.multiply(engine.transpose(x), engine.transpose(y)),
    (x, y) => tf.mul(tf.transpose(x), tf.transpose(y)),
  ],
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
    (x, y) => engine.multiply(engine.repeat(engine.sum(x, 0), 0, 4), y),
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
  ['each row normalised', (x, y) => engine.multiply(engine.normalise(x, 'row', 0.01), y), (x, y) => tf.mul(normalised(x, 1), y)],
  [
    'each column normalised',
    (x, y) => engine.multiply(engine.normalise(x, 'column', 0.01), y),
    (x, y) => tf.mul(normalised(x, 0), y),
  ],
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
  ['sign', (x, y) => engine.multiply(engine.sign(x), y), (x, y) => tf.mul(tf.sign(x), y)],
  ['gate', (x, y) => engine.gate(x, y), (x, y) => tf.where(above(y, tf.zeros([4, 5])), x, tf.zeros([4, 5]))],
  [
    'equal',
    (x, y) => engine.multiply(engine.equal(engine.relu(x), 0), y),
    (x, y) => tf.where(above(tf.zeros([4, 5]), x), y, tf.zeros([4, 5])),
  ],
  [
    'greater or equal',
    (x, y) => engine.multiply(engine.greaterEqual(engine.relu(x), 0.5), y),
    (x, y) => tf.where(above(x, tf.add(tf.zeros([4, 5]), 0.5)), y, tf.zeros([4, 5])),
  ],
  ['sum of all', (x, y) => engine.multiply(engine.sumAll(x), y), (x, y) => tf.mul(tf.sum(x), y)],
  ['mean of all', (x, y) => engine.multiply(engine.meanAll(x), y), (x, y) => tf.mul(tf.mean(x), y)],
  ['mean of each column', (x, y) => engine.multiply(engine.meanOf(x, 'column'), y), (x, y) => tf.mul(tf.mean(x, 0, true), y)],
  [
    'the slopes of each row normalised',
    (x, y) => slopes(engine.normalise(x, 'row', 0.01), x, y),
    (x, y) => normalisedSlopes(x, y),
  ],
]
