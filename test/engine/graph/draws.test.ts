import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { instantiate } from '../../../lib/engine/devices/wasm/module.ts'
import { epochOrder } from '../../../lib/engine/random.ts'
import {
  add,
  compile,
  dropoutMask,
  gradients,
  gumbelSoftmax,
  input,
  multiply,
  parameter,
  randomBernoulli,
  randomGumbel,
  randomNormal,
  randomUniform,
  reference,
  square,
  sumAll,
  wasm,
  type Device,
  type Node,
} from '../../../lib/engine/index.ts'
import { normalCdf } from '../../../lib/numeric/index.ts'
import { evaluateOn } from '../evaluate.ts'
import { normals, order, threefry, uniforms, words, type Key } from './generator.ts'

const KEYS: readonly Key[] = [
  { key0: 0, key1: 0, step: 0 },
  { key0: 17, key1: 29, step: 3 },
  { key0: 0xffffffff, key1: 0x80000001, step: 0xfffffffe },
]

/** So many elements of a draw, in rows of a batch. */
async function drawn(device: Device, draw: Node, count: number, key: Key): Promise<Float32Array> {
  const columns = draw.shape[1] as number
  const rows = count / columns
  const runner = await device.prepare(compile({ outputs: { draw, x: input('x', 1) }, batch: rows }))
  try {
    return (await runner.run({ rows, inputs: { x: new Float32Array(rows) } }, key))['draw'] as Float32Array
  } finally {
    runner.dispose()
  }
}

it('the second generator gives the known answers of Random123 (kat_vectors, threefry2x32 20)', () => {
  expect(threefry([0n, 0n], [0n, 0n])).toEqual([0x6b200159n, 0x99ba4efen])
  const ones = 0xffffffffn
  expect(threefry([ones, ones], [ones, ones])).toEqual([0x1cb996fcn, 0xbb002be7n])
  expect(threefry([0x13198a2en, 0x03707344n], [0x243f6a88n, 0x85a308d3n])).toEqual([0xc4923a9cn, 0x483df7a0n])
})

describe.each([wasm, reference])('draws on $name are those of a second generator in whole numbers', device => {
  it.each(KEYS)('with %o', async key => {
    const count = 26 * 7
    const uniform = uniforms(key, 5, count)
    expect([...(await drawn(device, randomUniform(['batch', 7], 5), count, key))]).toEqual(uniform)
    const mask = words(key, 6, count).map(bits => (bits < Math.floor(0.3 * 4294967296) ? 0 : Math.fround(1 / 0.7)))
    expect([...(await drawn(device, dropoutMask(['batch', 7], 0.3, 6), count, key))]).toEqual(mask)
    const coins = uniform.map(u => (u < Math.fround(0.4) ? 1 : 0))
    expect([...(await drawn(device, randomBernoulli(0.4, ['batch', 7], 5), count, key))]).toEqual(coins)
    const normal = await drawn(device, randomNormal(['batch', 7], 8), count, key)
    normals(key, 8, count).forEach((z, i) => expect(Math.abs((normal[i] as number) - z)).toBeLessThan(2e-6 * (1 + Math.abs(z))))
    const gumbel = await drawn(device, randomGumbel(['batch', 7], 5), count, key)
    uniform.forEach((u, i) => {
      const expected = -Math.log(-Math.log(Math.max(u, 2 ** -25)))
      expect(Math.abs((gumbel[i] as number) - expected)).toBeLessThan(2e-6 * (1 + Math.abs(expected)))
    })
  })
})

it.each([1, 2, 3, 1000])('%i rows come in the order of the second generator, on every device', async rows => {
  const { kernels, memory } = await instantiate()
  memory.grow(1)
  const at = memory.buffer.byteLength - 4096
  for (const { key0, key1, step } of KEYS) {
    const expected = order(key0, key1, step, rows)
    expect([...epochOrder(rows, key0, key1, step)]).toEqual(expected)
    kernels.reorder(at, rows, key0, key1, step)
    expect([...new Uint32Array(memory.buffer, at, rows)]).toEqual(expected)
  }
})

/** The largest distance between the distribution of a sample and a continuous one (Kolmogorov and Smirnov), times √n. */
function distance(sample: ArrayLike<number>, cdf: (x: number) => number): number {
  const sorted = Float64Array.from(sample).toSorted()
  const n = sorted.length
  const most = sorted.reduce((far, x, i) => {
    const p = cdf(x)
    return Math.max(far, (i + 1) / n - p, p - i / n)
  }, 0)
  return most * Math.sqrt(n)
}

/** Standard deviations by which the mean of something of a sample is off. */
function deviation(sample: ArrayLike<number>, of: (x: number) => number, mean: number, variance: number): number {
  const own = Array.from(sample).reduce((sum, x) => sum + of(x), 0) / sample.length
  return Math.abs(own - mean) / Math.sqrt(variance / sample.length)
}

/** What a sample of the distribution exceeds once in 10,000 times. */
const FAR = 2.23
const FOUR_SIGMAS = 4

describe('draws have their distribution, with fixed seeds', () => {
  const N = 40_000
  const seeds = [1, 2, 3].map(key0 => ({ key0, key1: 77, step: 9 }))

  it.each(seeds)('uniform: moments, and by Kolmogorov and Smirnov (%o)', async key => {
    const u = await drawn(wasm, randomUniform(['batch', 8], 1), N, key)
    expect(distance(u, x => x)).toBeLessThan(FAR)
    // the variance of u^k is 1 / (2k + 1) - 1 / (k + 1)²
    for (const k of [1, 2, 3, 4])
      expect(deviation(u, x => x ** k, 1 / (k + 1), 1 / (2 * k + 1) - 1 / (k + 1) ** 2)).toBeLessThan(FOUR_SIGMAS)
  })

  it.each(seeds)('normal: moments, and by Kolmogorov and Smirnov (%o)', async key => {
    const z = await drawn(wasm, randomNormal(['batch', 8], 1), N, key)
    expect(distance(z, normalCdf)).toBeLessThan(FAR)
    // the mean of z^k and of z^2k
    for (const [k, mean, square] of [
      [1, 0, 1],
      [2, 1, 3],
      [3, 0, 15],
      [4, 3, 105],
    ] as const)
      expect(deviation(z, x => x ** k, mean, square - mean * mean)).toBeLessThan(FOUR_SIGMAS)
  })

  it.each(seeds)('Gumbel and Bernoulli, and a mask keeps its share (%o)', async key => {
    const gumbel = await drawn(wasm, randomGumbel(['batch', 8], 1), N, key)
    expect(distance(gumbel, x => Math.exp(-Math.exp(-x)))).toBeLessThan(FAR)
    const coins = await drawn(wasm, randomBernoulli(0.3, ['batch', 8], 1), N, key)
    expect(deviation(coins, x => x, 0.3, 0.21)).toBeLessThan(FOUR_SIGMAS)
    const mask = await drawn(wasm, dropoutMask(['batch', 8], 0.3, 1), N, key)
    expect(deviation(mask, x => Number(x > 0), 0.7, 0.21)).toBeLessThan(FOUR_SIGMAS)
    expect(deviation(mask, x => x, 1, 0.3 / 0.7)).toBeLessThan(FOUR_SIGMAS)
  })

  it('neighbours, streams, steps and seeds do not go together', async () => {
    const key = seeds[0] as Key
    const of = async (stream: number, change: Partial<Key> = {}): Promise<Float32Array> =>
      await drawn(wasm, randomUniform(['batch', 8], stream), N, { ...key, ...change })
    const u = await of(1)
    const together = (a: Float32Array, b: Float32Array): number =>
      deviation(
        a.map((x, i) => (x - 0.5) * ((b[i] as number) - 0.5)),
        x => x,
        0,
        1 / 144,
      )
    for (const lag of [1, 2, 8, 64]) expect(together(u.slice(lag), u.slice(0, -lag)), `${lag} apart`).toBeLessThan(FOUR_SIGMAS)
    for (const other of [await of(2), await of(1, { step: 10 }), await of(1, { key1: 78 })])
      expect(together(u, other)).toBeLessThan(FOUR_SIGMAS)
  })
})

describe('gradients pass draws as TensorFlow.js has them pass the numbers that were drawn', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu')
  })

  const [x, y] = [parameter('x', 4, 5), parameter('y', 4, 5)]
  const values = {
    x: Float32Array.from({ length: 20 }, (_, i) => Math.sin(i)),
    y: Float32Array.from({ length: 20 }, (_, i) => Math.cos(2 * i)),
  }
  type Theirs = (x: tf.Tensor2D, y: tf.Tensor2D, drawn: tf.Tensor2D) => tf.Tensor
  const softly: Theirs = (a, _, g) => tf.softmax(tf.div(tf.add(a, g), 0.7))

  it.each<readonly [string, Node, Node, Theirs]>([
    [
      'normal: x + y² z',
      randomNormal([4, 5], 1),
      add(x, multiply(square(y), randomNormal([4, 5], 1))),
      (a, b, z) => tf.add(a, tf.mul(tf.square(b), z)),
    ],
    ['uniform', randomUniform([4, 5], 2), multiply(x, randomUniform([4, 5], 2)), (a, _, u) => tf.mul(a, u)],
    ['dropout', dropoutMask([4, 5], 0.4, 3), multiply(x, dropoutMask([4, 5], 0.4, 3)), (a, _, m) => tf.mul(a, m)],
    ['a soft choice: gumbelSoftmax', randomGumbel([4, 5], 4), gumbelSoftmax(x, 0.7, 4), softly],
  ])('%s', async (_, draw, ours, theirs) => {
    const loss = sumAll(square(ours))
    const [gx, gy] = gradients(loss, [x, y]) as [Node, Node]
    const got = await evaluateOn(wasm, { draw, loss, gx, gy }, values, 1)
    const noise = tf.tensor2d(got['draw'] as Float32Array, [4, 5])
    const { value, grads } = tf.valueAndGrads((a, b) => {
      const all = tf.sum(tf.square(theirs(a as tf.Tensor2D, b as tf.Tensor2D, noise)))
      return tf.add(all, tf.mul(0, tf.sum(b as tf.Tensor))) as tf.Scalar
    })([tf.tensor2d(values.x, [4, 5]), tf.tensor2d(values.y, [4, 5])])
    expect(Math.abs((value.dataSync()[0] as number) - (got['loss']?.[0] as number))).toBeLessThan(1e-4)
    for (const [i, name] of ['gx', 'gy'].entries())
      (grads[i] as tf.Tensor)
        .dataSync()
        .forEach((slope, j) => expect(Math.abs(slope - (got[name]?.[j] as number))).toBeLessThan(2e-5))
  })
})
