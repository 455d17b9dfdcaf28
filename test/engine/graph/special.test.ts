import { describe, expect, it } from 'vitest'
import * as engine from '../../../lib/engine/index.ts'
import { input, reference, wasm, type Node } from '../../../lib/engine/index.ts'
import * as numeric from '../../../lib/numeric/index.ts'
import { evaluateOn } from '../evaluate.ts'

const grid = (low: number, high: number): Float32Array =>
  Float32Array.from({ length: 401 }, (_, i) => low + ((high - low) * i) / 400)

/** Ours, the scalar function of `numeric`, the range, and the largest error relative to 1 + |value|. */
const FUNCTIONS: readonly (readonly [string, (x: Node) => Node, (x: number) => number, readonly [number, number], number])[] = [
  ['erf', engine.erf, numeric.erf, [-6, 6], 5e-7],
  ['log-gamma', engine.lgamma, numeric.lgamma, [0.02, 40], 3e-6],
  ['log-gamma of large numbers', engine.lgamma, numeric.lgamma, [1e5, 1e13], 1e-6],
  ['log-gamma of the largest', engine.lgamma, numeric.lgamma, [1e13, 1e36], 1e-6],
  ['digamma', engine.digamma, numeric.digamma, [0.02, 40], 2e-6],
  ['trigamma', engine.trigamma, numeric.trigamma, [0.02, 40], 2e-6],
  ['GELU', engine.gelu, x => 0.5 * x * numeric.erfc(-x * Math.SQRT1_2), [-6, 6], 1e-6],
  ['ELU', x => engine.elu(x, 1.5), x => (x > 0 ? x : 1.5 * numeric.expm1(x)), [-6, 6], 5e-7],
  ['leaky ReLU', x => engine.leakyRelu(x, 0.25), x => (x > 0 ? x : 0.25 * x), [-6, 6], 1e-7],
  ['x^2.5', x => engine.pow(x, 2.5), x => numeric.pow(x, 2.5), [0.02, 40], 3e-6],
  ['x^-3', x => engine.pow(x, -3), x => 1 / (x * x * x), [0.3, 4], 1e-6],
  ['x^0', x => engine.pow(x, 0), () => 1, [-4, 4], 1e-9],
]

describe.each([wasm, reference])('special functions on $name', device => {
  it.each(FUNCTIONS)('%s agrees with lib/numeric', async (_, ours, theirs, [low, high], limit) => {
    const x = grid(low, high)
    const { y } = await evaluateOn(device, { y: ours(input('x', 1)) }, { x }, x.length)
    const worst = x.reduce(
      (most, value, i) => Math.max(most, Math.abs((y?.[i] as number) - theirs(value)) / (1 + Math.abs(theirs(value)))),
      0,
    )
    expect(worst).toBeLessThan(limit)
  })
})

describe.each([wasm, reference])('softmax on $name', device => {
  it('does not overflow, and adds up to 1 in each block', async () => {
    const x = input('x', 5)
    const values = { x: Float32Array.of(1000, 1000, -1000, 3, -2000, -500, 2000, 1e30, 0, -1e30) }
    const { blocks, sums, all } = await evaluateOn(
      device,
      {
        blocks: engine.byBlocks(x, [2, 3], engine.softmax),
        sums: engine.byBlocks(x, [2, 3], block => engine.sum(engine.softmax(block), 1)),
        all: engine.logSumExp(x),
      },
      values,
      2,
    )
    expect([...(blocks as Float32Array)]).toEqual([0.5, 0.5, 0, 1, 0, 0, 1, 1, 0, 0])
    expect([...(sums as Float32Array)]).toEqual([1, 1, 1, 1])
    expect(all?.[0]).toBeCloseTo(1000 + numeric.log(2), 3)
    expect(all?.[1]).toBe(Math.fround(1e30))
  })

  it('refuses blocks that are not the columns', () => {
    expect(() => engine.byBlocks(input('x', 5), [2, 2], engine.softmax)).toThrow(/blocks of 2, 2 columns in \(batch, 5\)/)
  })
})

describe.each([wasm, reference])('rows by number on $name', device => {
  it('are NaN where there is no such row, and passed by when added up', async () => {
    const at = input('at', 1)
    const values = { table: Float32Array.of(1, 2, 3, 4), at: Float32Array.of(1, 2, -1, 0.5, 0, 1) }
    const { rows, sums } = await evaluateOn(
      device,
      { rows: engine.gather(engine.parameter('table', 2, 2), at), sums: engine.scatterAdd(engine.concat([at, at], 1), at, 2) },
      values,
      6,
    )
    expect([...(rows as Float32Array)]).toEqual([3, 4, NaN, NaN, NaN, NaN, NaN, NaN, 1, 2, 3, 4])
    expect([...(sums as Float32Array)]).toEqual([0, 0, 2, 2])
  })

  it('take sequences of numbers', async () => {
    const at = input('at', 1, 3)
    const { rows } = await evaluateOn(
      device,
      { rows: engine.gather(engine.parameter('table', 2, 2), at) },
      { table: Float32Array.of(1, 2, 3, 4), at: Float32Array.of(1, 0, 1) },
      1,
    )
    expect([...(rows as Float32Array)]).toEqual([3, 4, 1, 2, 3, 4])
  })

  it('refuse numbers in two columns', () => {
    expect(() => engine.gather(engine.parameter('table', 2, 2), input('at', 2))).toThrow(/"gather" cannot take shapes/)
    expect(() => engine.scatterAdd(input('x', 2), engine.parameter('at', 1, 1), 3)).toThrow(/"scatterAdd" cannot take shapes/)
  })
})

describe.each([wasm, reference])('draws on $name', device => {
  it('have the moments of Bernoulli and Gumbel', async () => {
    const n = 20000
    const { coins, gumbel, soft } = await evaluateOn(
      device,
      {
        coins: engine.randomBernoulli(0.3, ['batch', 1], 1),
        gumbel: engine.randomGumbel(['batch', 1], 2),
        soft: engine.gumbelSoftmax(engine.multiply(input('x', 1), engine.constant(1, [1, 3])), 0.2, 3),
      },
      { x: new Float32Array(n) },
      n,
    )
    const mean = (x: ArrayLike<number>): number => Array.from(x).reduce((a, b) => a + b, 0) / x.length
    expect(Math.abs(mean(coins as Float32Array) - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / n))
    expect(new Set(coins)).toEqual(new Set([0, 1]))
    // mean: Euler's constant; variance: π²/6
    expect(Math.abs(mean(gumbel as Float32Array) - 0.5772156649)).toBeLessThan(4 * Math.sqrt(1.6449 / n))
    expect(
      Math.abs(mean(Array.from(gumbel as Float32Array, each => (each - 0.5772156649) * (each - 0.5772156649))) - 1.6449),
    ).toBeLessThan(4 * Math.sqrt((4.4 * 1.6449 * 1.6449) / n))
    const first = Array.from({ length: n }, (_, i) => soft?.[3 * i] as number)
    expect(Math.abs(mean(first) - 1 / 3)).toBeLessThan(4 * Math.sqrt(2 / 9 / n))
  })
})
