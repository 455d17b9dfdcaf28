import { describe, expect, it } from 'vitest'
import { UsageError } from '../../../lib/errors/index.ts'
import {
  constantRate,
  cosineDecay,
  exponentialDecay,
  oneCycle,
  perStep,
  piecewise,
  stepDecay,
  warmUp,
  type Schedule,
} from '../../../lib/nn/index.ts'

const rates = (schedule: Schedule, epochs: number): number[] =>
  Array.from({ length: epochs }, (_, epoch) => schedule(epoch, epochs))
const expectNear = (got: readonly number[], expected: readonly number[]): void => {
  expect(got).toHaveLength(expected.length)
  got.forEach((rate, i) => expect(rate).toBeCloseTo(expected[i] as number, 12))
}

describe('schedules', () => {
  it.each<readonly [RegExp, () => Schedule]>([
    [/every is 0\n.*stepDecay/, () => stepDecay(0.1, { every: 0 })],
    [/factor is -1\n.*exponentialDecay/, () => exponentialDecay(0.1, -1)],
    [/rise is 2\n.*oneCycle/, () => oneCycle(0.1, { rise: 2 })],
    [/rise is 0\n.*oneCycle/, () => oneCycle(0.1, { rise: 0 })],
    [/warm is -1\n.*warmUp/, () => warmUp(-1, constantRate(0.1))],
    [/least is -1\n.*cosineDecay/, () => cosineDecay(0.1, { least: -1 })],
  ])('refuse by name: %s', (message, make) => {
    expect(make).toThrow(UsageError)
    expect(make).toThrow(message)
  })

  it('constant, by steps, exponential', () => {
    expectNear(rates(constantRate(0.1), 3), [0.1, 0.1, 0.1])
    expectNear(rates(stepDecay(0.1, { every: 2, factor: 0.5 }), 5), [0.1, 0.1, 0.05, 0.05, 0.025])
    expectNear(rates(exponentialDecay(1, 0.9), 3), [1, 0.9, 0.81])
  })

  it('cosine falls from the rate to the least, half-way in the middle', () => {
    expectNear(
      rates(cosineDecay(0.2, { least: 0.1 }), 5),
      [0, 0.25, 0.5, 0.75, 1].map(part => 0.1 + 0.05 * (1 + Math.cos(Math.PI * part))),
    )
    expectNear(rates(cosineDecay(0.2), 1), [0.2])
  })

  it('warm-up rises in equal steps to what it leads to', () => {
    expectNear(rates(warmUp(3, cosineDecay(1)), 6), [0.25, 0.5, 0.75, 1, 0.5, 0])
  })

  it('one cycle follows the phases that PyTorch documents for OneCycleLR(max_lr=1, total_steps=10, anneal_strategy="cos")', () => {
    // phases end at steps 0.3 · 10 - 1 = 2 and 9; rates 1/25, 1, 1/250000
    const cos = (from: number, to: number, part: number): number => to + ((from - to) / 2) * (1 + Math.cos(Math.PI * part))
    expectNear(rates(oneCycle(1), 10), [
      cos(0.04, 1, 0),
      cos(0.04, 1, 0.5),
      1,
      ...[1, 2, 3, 4, 5, 6, 7].map(i => cos(1, 4e-6, i / 7)),
    ])
  })

  it('follow Keras 3.15 from step to step: ExponentialDecay(0.1, 4, 0.5), its staircase, CosineDecay(0.1, 9, 0.1)', () => {
    const near = (got: readonly number[], expected: readonly number[]): void =>
      expected.forEach((rate, i) => expect(got[i]).toBeCloseTo(rate, 7))
    near(rates(exponentialDecay(0.1, 0.5, { every: 4 }), 6), [0.1, 0.08408964, 0.07071068, 0.05946035, 0.05, 0.04204482])
    near(rates(stepDecay(0.1, { every: 4, factor: 0.5 }), 9), [0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.025])
    near(
      rates(cosineDecay(0.1, { least: 0.01 }), 10),
      [0.1, 0.09728617, 0.089472, 0.0775, 0.06281417, 0.04718583, 0.0325, 0.02052799, 0.01271383, 0.01],
    )
  })

  it('follow PyTorch 2.15 from step to step: OneCycleLR(max_lr=0.1, total_steps=12)', () => {
    expectNear(
      rates(perStep(oneCycle(0.1)).perStep, 12),
      [
        0.0040000000000000036, 0.0349789654219583, 0.08792851591221287, 0.09944154354509119, 0.09330129698414118,
        0.0811745653949763, 0.06473789976951033, 0.046263710266697504, 0.028306099820869922, 0.01334775301888306,
        0.0034566987425395223, 4e-7,
      ],
    )
  })

  it('piecewise: PiecewiseConstantDecay([3, 6], [0.1, 0.01, 0.001]) of Keras 3.15', () => {
    const schedule = piecewise(
      [
        [0.1, 3],
        [0.01, 6],
      ],
      0.001,
    )
    expectNear(rates(schedule, 10), [0.1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01, 0.001, 0.001, 0.001])
    expect(() =>
      piecewise(
        [
          [0.1, 3],
          [0.01, 3],
        ],
        0.001,
      ),
    ).toThrow(/boundaries 3, 3/)
  })

  it('refuses a rate that is none', () => {
    for (const make of [
      constantRate,
      cosineDecay,
      oneCycle,
      (rate: number) => stepDecay(rate, { every: 1 }),
      (rate: number) => exponentialDecay(rate, 1),
    ]) {
      expect(() => make(0)).toThrow(UsageError)
      expect(() => make(Number.NaN)).toThrow(/learning rate of NaN/)
    }
  })
})
