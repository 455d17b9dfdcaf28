import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  add,
  compile,
  input,
  multiply,
  parameter,
  square,
  subtract,
  sumAll,
  type Node,
  type UpdateRule,
} from '../../../lib/engine/index.ts'
import { UsageError } from '../../../lib/errors/index.ts'
import {
  adam,
  adamW,
  clipByNorm,
  clipByValue,
  momentum,
  nadam,
  nesterov,
  optimiser,
  rmsProp,
  sgd,
  type Doubles,
} from '../../../lib/nn/index.ts'
import { allDevices } from '../../engine/devices/all-devices.ts'

const START = [1, -2, 0.5]
const OTHER = [3]

/** Of (p1² + 2 p2² + 3 p3²) + (q - 1)²: slopes that differ in size. */
const slopes = ({ p, q }: Doubles): Doubles => ({
  p: (p as Float64Array).map((value, i) => 2 * (i + 1) * value),
  q: (q as Float64Array).map(value => 2 * (value - 1)),
})

function byPair(rule: UpdateRule, steps: number): Doubles {
  const { init, update } = optimiser(rule)
  let parameters: Doubles = { p: Float64Array.from(START), q: Float64Array.from(OTHER) }
  let state = init(parameters)
  for (let step = 0; step < steps; step++) ({ parameters, state } = update(parameters, slopes(parameters), state))
  return parameters
}

/** The same loss as a graph. */
function lossGraph(): Node {
  return add(sumAll(multiply(square(parameter('p', 1, 3)), input('scale', 3))), sumAll(square(subtract(parameter('q', 1, 1), 1))))
}

const RULES: readonly (readonly [string, UpdateRule])[] = [
  ['sgd', sgd({ rate: 0.05 })],
  ['momentum', momentum({ rate: 0.02 })],
  ['nesterov', nesterov({ rate: 0.02 })],
  ['rmsProp', rmsProp({ rate: 0.05 })],
  ['adam', adam({ rate: 0.1 })],
  ['adamW', adamW({ rate: 0.1, decay: 0.1 })],
  ['nadam', nadam({ rate: 0.1 })],
  ['sgd clipped by value', clipByValue(1.5, sgd({ rate: 0.05 }))],
  ['sgd clipped by norm', clipByNorm(1.5, sgd({ rate: 0.05 }))],
  ['nadam clipped by norm', clipByNorm(0.5, nadam({ rate: 0.1 }))],
  ['momentum never clipped', clipByNorm(1e6, momentum({ rate: 0.02 }))],
]

describe.each(allDevices)('on $name', device => {
  it.each(RULES)('%s takes the steps of its pair in doubles', async (_, rule) => {
    const runner = await device.prepare(compile({ batch: 1, training: { loss: lossGraph(), rule } }))
    runner.load({ p: Float32Array.from(START), q: Float32Array.from(OTHER) })
    runner.bind({ rows: 6, inputs: { scale: Float32Array.from({ length: 18 }, (_, i) => 1 + (i % 3)) } })
    await runner.epoch({ seed: { key0: 1, key1: 2 }, epoch: 0 })
    const { parameters } = await runner.state()
    const expected = byPair(rule, 6)
    for (const name of ['p', 'q']) expected[name]?.forEach((value, i) => expect(parameters[name]?.[i]).toBeCloseTo(value, 5))
    runner.dispose()
  })
})

describe('agree with TensorFlow.js 4.22 (cpu), its epsilon where it stands there', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu')
  })
  it.each<readonly [string, UpdateRule, () => tf.Optimizer]>([
    ['sgd', sgd({ rate: 0.05 }), () => tf.train.sgd(0.05)],
    ['momentum', momentum({ rate: 0.02 }), () => tf.train.momentum(0.02, 0.9)],
    ['nesterov', nesterov({ rate: 0.02 }), () => tf.train.momentum(0.02, 0.9, true)],
    ['rmsProp', rmsProp({ rate: 0.05, epsilon: 1e-3 }), () => tf.train.rmsprop(0.05, 0.9, 0, 1e-3)],
    ['adam', adam({ rate: 0.1, epsilon: 1e-12 }), () => tf.train.adam(0.1, 0.9, 0.999, 1e-12)],
  ])('%s', async (_, rule, theirs) => {
    const [p, q] = [tf.variable(tf.tensor1d(START)), tf.variable(tf.tensor1d(OTHER))]
    const optimizer = theirs()
    for (let step = 0; step < 6; step++)
      optimizer.minimize(() => tf.add(tf.sum(tf.mul(tf.square(p), [1, 2, 3])), tf.sum(tf.square(tf.sub(q, 1)))) as tf.Scalar)
    const ours = byPair(rule, 6)
    for (const [name, variable] of [
      ['p', p],
      ['q', q],
    ] as const)
      (await variable.data()).forEach((value, i) => expect(ours[name]?.[i]).toBeCloseTo(value, 4))
  })
})

describe('by their formulas, one parameter', () => {
  const run = (rule: UpdateRule, steps: number): number => {
    const { init, update } = optimiser(rule)
    let parameters: Doubles = { w: Float64Array.of(1) }
    let state = init(parameters)
    for (let step = 0; step < steps; step++)
      ({ parameters, state } = update(parameters, { w: Float64Array.of(2 * (parameters['w']?.[0] as number)) }, state))
    return parameters['w']?.[0] as number
  }

  it('Nadam (Dozat 2016, algorithm 2)', () => {
    let [w, m, v] = [1, 0, 0]
    for (let t = 1; t <= 5; t++) {
      const g = 2 * w
      m = 0.9 * m + 0.1 * g
      v = 0.99 * v + 0.01 * g * g
      const ahead = (0.9 * m) / (1 - 0.9 ** (t + 1)) + (0.1 * g) / (1 - 0.9 ** t)
      w -= (0.1 * ahead) / (Math.sqrt(v / (1 - 0.99 ** t)) + 1e-12)
    }
    expect(run(nadam({ rate: 0.1, beta2: 0.99, epsilon: 1e-12 }), 5)).toBeCloseTo(w, 8)
  })

  it('AdamW shrinks the weight beside the step of Adam (Loshchilov and Hutter 2019, algorithm 2)', () => {
    // the first step of Adam is the rate itself, whatever the slope
    expect(run(adamW({ rate: 0.1, decay: 0.5, epsilon: 1e-12 }), 1)).toBeCloseTo(1 - 0.1 * 0.5 - 0.1, 8)
  })

  it('a schedule overrides the rate of one step', () => {
    const { init, update } = optimiser(sgd({ rate: 1 }))
    const parameters = { w: Float64Array.of(1) }
    expect(update(parameters, { w: Float64Array.of(2) }, init(parameters), 0.25).parameters['w']?.[0]).toBe(0.5)
  })
})

describe('a pair is pure', () => {
  it.each(RULES)('%s', (_, rule) => {
    const { init, update } = optimiser(rule)
    const parameters = { p: Float64Array.from(START), q: Float64Array.from(OTHER) }
    const first = update(parameters, slopes(parameters), init(parameters))
    const again = update(first.parameters, slopes(first.parameters), first.state)
    expect(update(first.parameters, slopes(first.parameters), first.state)).toEqual(again)
    expect(parameters).toEqual({ p: Float64Array.from(START), q: Float64Array.from(OTHER) })
    expect(first.state.step).toBe(1)
  })
})

describe('clipping', () => {
  const once = (rule: UpdateRule, p: readonly number[], q: number): readonly number[] => {
    const parameters = { p: new Float64Array(p.length), q: new Float64Array(1) }
    const { init, update } = optimiser(rule)
    const after = update(parameters, { p: Float64Array.from(p), q: Float64Array.of(q) }, init(parameters), 1).parameters
    return [...(after.p as Float64Array), ...(after.q as Float64Array)].map(value => -value)
  }

  it('by value holds each slope, by norm all of them in one', () => {
    once(clipByValue(2, sgd()), [3, -1, 0], -4).forEach((value, i) => expect(value).toBeCloseTo([2, -1, 0, -2][i] as number, 12))
    once(clipByNorm(1, sgd()), [3, 0, 0], -4).forEach((value, i) => expect(value).toBeCloseTo([0.6, 0, 0, -0.8][i] as number, 12))
    expect(once(clipByNorm(5, sgd()), [3, 0, 0], -4).map(Math.abs)).toEqual([3, 0, 0, 4])
  })

  it('refuses a limit of 0', () => {
    expect(() => clipByNorm(0, sgd())).toThrow(UsageError)
    expect(() => clipByValue(Number.NaN, sgd())).toThrow(/clipped at NaN/)
  })
})
