import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  batchNorm,
  conv1d,
  dense,
  flatten,
  globalMaxPool,
  globalMeanPool,
  gru,
  layerNorm,
  lstm,
  maxPool1d,
  meanPool1d,
  selfAttention,
  type Layer,
} from '../../../lib/nn/index.ts'
import { built, draws, outcome, weightsFor, type Sizes } from './built.ts'

beforeAll(async () => {
  await tf.setBackend('cpu')
})

type Weights = Readonly<Record<string, Float32Array>>

interface Pair {
  readonly title: string
  readonly ours: Layer
  readonly sizes: Sizes
  /** Output for an input and weights, each a tensor of its own shape. */
  readonly theirs: (x: tf.Tensor, weights: Readonly<Record<string, tf.Tensor>>) => tf.Tensor
  readonly shapes?: Readonly<Record<string, readonly number[]>>
  readonly training?: boolean
  readonly positive?: readonly string[]
}

const sequence: Sizes = { rows: 3, time: 7, columns: 4 }

/** A layer of theirs, applied with weights that are given as tensors: its own variables are read through, so that the tape sees ours. */
function layered(
  make: () => tf.layers.Layer,
  order: readonly string[],
  shape: readonly number[],
  prepare: (weights: Readonly<Record<string, tf.Tensor>>) => Readonly<Record<string, tf.Tensor>> = weights => weights,
) {
  return (x: tf.Tensor, weights: Readonly<Record<string, tf.Tensor>>): tf.Tensor => {
    const layer = make()
    layer.build([null, ...shape])
    const values = prepare(weights)
    const variables = (layer as unknown as { readonly weights: readonly { read: () => tf.Tensor }[] }).weights
    order.forEach((name, i) => ((variables[i] as { read: () => tf.Tensor }).read = () => values[name] as tf.Tensor))
    return layer.call(x, {}) as tf.Tensor
  }
}

const softmaxAttention =
  (heads: number) =>
  (x: tf.Tensor, w: Readonly<Record<string, tf.Tensor>>): tf.Tensor => {
    const affine = (of: tf.Tensor, name: string): tf.Tensor3D =>
      tf.add(
        tf.reshape(tf.matMul(tf.reshape(of, [-1, of.shape[2] as number]), w[name] as tf.Tensor2D), [
          of.shape[0],
          of.shape[1] as number,
          -1,
        ]),
        w[`${name}-bias`] as tf.Tensor,
      )
    const [query, key, value] = ['query', 'key', 'value'].map(name => affine(x, name)) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D]
    const width = (query.shape[2] as number) / heads
    const part = (all: tf.Tensor3D, head: number): tf.Tensor3D => tf.slice(all, [0, 0, head * width], [-1, -1, width])
    const means = Array.from({ length: heads }, (_, head) => {
      const scores = tf.div(tf.matMul(part(query, head), part(key, head), false, true), Math.sqrt(width))
      return tf.matMul(tf.softmax(scores), part(value, head)) as tf.Tensor3D
    })
    return affine(heads === 1 ? (means[0] as tf.Tensor) : tf.concat(means, 2), 'output')
  }

const PAIRS: readonly Pair[] = [
  {
    title: 'dense',
    ours: dense(5, { activation: 'tanh' }),
    sizes: { rows: 3, columns: 4 },
    theirs: layered(() => tf.layers.dense({ units: 5, activation: 'tanh' }), ['weights', 'bias'], [4]),
    shapes: { bias: [5] },
  },
  ...(['same', 'causal', 'valid'] as const).flatMap(padding =>
    [3, 4].map((kernel): Pair => ({
      title: `conv1d ${padding}, kernel ${kernel}`,
      ours: conv1d(5, { kernel, padding, activation: 'sigmoid' }),
      sizes: sequence,
      theirs: (x, w) =>
        tf.sigmoid(
          tf.add(
            tf.conv1d(
              (padding === 'causal'
                ? tf.pad(x, [
                    [0, 0],
                    [kernel - 1, 0],
                    [0, 0],
                  ])
                : x) as tf.Tensor3D,
              tf.reshape(w['kernel'] as tf.Tensor, [kernel, 4, 5]) as tf.Tensor3D,
              1,
              padding === 'same' ? 'same' : 'valid',
            ),
            w['bias'] as tf.Tensor,
          ),
        ),
    })),
  ),
  {
    title: 'max pool of 2',
    ours: maxPool1d(2),
    sizes: sequence,
    theirs: layered(() => tf.layers.maxPooling1d({ poolSize: 2, strides: 2 }), [], [7, 4]),
  },
  {
    title: 'mean pool of 3',
    ours: meanPool1d(3),
    sizes: sequence,
    theirs: layered(() => tf.layers.averagePooling1d({ poolSize: 3, strides: 3 }), [], [7, 4]),
  },
  { title: 'global max pool', ours: globalMaxPool, sizes: sequence, theirs: x => tf.max(x, 1) },
  { title: 'global mean pool', ours: globalMeanPool, sizes: sequence, theirs: x => tf.mean(x, 1) },
  { title: 'flatten', ours: flatten, sizes: sequence, theirs: x => tf.reshape(x, [3, 28]) },
  {
    title: 'layer norm',
    ours: layerNorm(),
    sizes: { rows: 3, columns: 6 },
    theirs: layered(() => tf.layers.layerNormalization({ epsilon: 1e-3 }), ['scale', 'shift'], [6]),
    shapes: { scale: [6], shift: [6] },
  },
  {
    title: 'layer norm over the columns of each step',
    ours: layerNorm(),
    sizes: sequence,
    theirs: layered(() => tf.layers.layerNormalization({ epsilon: 1e-3 }), ['scale', 'shift'], [7, 4]),
    shapes: { scale: [4], shift: [4] },
  },
  {
    title: 'batch norm in prediction',
    ours: batchNorm(),
    sizes: { rows: 5, columns: 4 },
    positive: ['variance'],
    theirs: (x, w) =>
      tf.batchNorm(
        x as tf.Tensor2D,
        ...(['mean', 'variance', 'shift', 'scale'].map(name => tf.reshape(w[name] as tf.Tensor, [4])) as [
          tf.Tensor1D,
          tf.Tensor1D,
          tf.Tensor1D,
          tf.Tensor1D,
        ]),
        1e-3,
      ),
  },
  ...(
    [
      [{ rows: 5, columns: 4 }, [0]],
      [{ rows: 5, time: 3, columns: 4 }, [0, 1]],
    ] as const
  ).map(([sizes, axes]): Pair => ({
    title: `batch norm in training over axes ${axes.join(' and ')}`,
    ours: batchNorm(),
    sizes,
    training: true,
    theirs: (x, w) => {
      const { mean, variance } = tf.moments(x, [...axes])
      return tf.add(
        tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-3))), w['scale'] as tf.Tensor),
        w['shift'] as tf.Tensor,
      )
    },
  })),
  ...[false, true].flatMap((sequences): Pair[] => [
    {
      title: `GRU, ${sequences ? 'all steps' : 'last step'}`,
      ours: gru(5, { sequences }),
      sizes: sequence,
      theirs: layered(
        () => tf.layers.gru({ units: 5, recurrentActivation: 'sigmoid', returnSequences: sequences }),
        ['weights', 'recurrent', 'bias'],
        [7, 4],
        w => ({ ...w, recurrent: tf.concat([w['recurrent-gates'] as tf.Tensor, w['recurrent-candidate'] as tf.Tensor], 1) }),
      ),
      shapes: { bias: [15] },
    },
    {
      title: `LSTM, ${sequences ? 'all steps' : 'last step'}`,
      ours: lstm(5, { sequences }),
      sizes: sequence,
      theirs: layered(
        () => tf.layers.lstm({ units: 5, recurrentActivation: 'sigmoid', returnSequences: sequences }),
        ['weights', 'recurrent', 'bias'],
        [7, 4],
      ),
      shapes: { bias: [20] },
    },
  ]),
  ...[1, 2].map((heads): Pair => ({
    title: `self-attention, heads ${heads}`,
    ours: selfAttention(6, { heads }),
    sizes: sequence,
    theirs: softmaxAttention(heads),
  })),
]

const worst = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce(
    (most, value, i) => Math.max(most, Math.abs(value - (b[i] as number)) / Math.max(1, Math.abs(value))),
    a.length === b.length ? 0 : Infinity,
  )

describe('values and gradients agree with TensorFlow.js 4.22 (cpu), the weights being the same', () => {
  it.each(PAIRS)('$title', async ({ ours, sizes, theirs, shapes = {}, training = false, positive = [] }) => {
    const { rows, time, columns } = sizes
    const dims = time === undefined ? [rows, columns] : [rows, time, columns]
    const x = draws(
      dims.reduce((a, b) => a * b, 1),
      1,
    )
    const all = weightsFor(ours, sizes)
    const weights: Weights = Object.fromEntries(
      Object.entries(all)
        .filter(([name]) => !training || !['mean', 'variance'].includes(name))
        .map(([name, values]) => [name, positive.includes(name) ? values.map(Math.abs) : values]),
    )
    const got = await outcome(ours, sizes, x, weights, training)
    const named = Object.entries(weights)
    const own = built(ours, sizes).parameters
    const tensors = named.map(([name, values]) => tf.tensor(values, [...(shapes[name] ?? own[name]?.shape ?? [])] as number[]))
    const apply = (first: tf.Tensor, ...rest: tf.Tensor[]): tf.Tensor =>
      theirs(first, Object.fromEntries(named.map(([name], i) => [name, rest[i] as tf.Tensor])))
    const expected = apply(tf.tensor(x, dims), ...tensors)
    expect(worst(expected.dataSync(), got.y)).toBeLessThan(1e-5)
    const slopes = tf.grads((...each: tf.Tensor[]) => {
      const y = apply(each[0] as tf.Tensor, ...each.slice(1))
      return tf.sum(tf.add(tf.square(y), y)) as tf.Scalar
    })([tf.tensor(x, dims), ...tensors])
    slopes.forEach((slope, i) =>
      expect(worst(slope.dataSync(), got.slopes[i === 0 ? 'x' : (named[i - 1]?.[0] as string)] as Float32Array)).toBeLessThan(
        3e-5,
      ),
    )
  })
})
