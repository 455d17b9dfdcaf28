import { describe, expect, it } from 'vitest'
import { UsageError } from '../../../lib/errors/index.ts'
import { constantRate, cosineDecay, exponentialDecay, oneCycle, stepDecay, warmUp, type Schedule } from '../../../lib/nn/index.ts'

const rates = (schedule: Schedule, epochs: number): number[] =>
  Array.from({ length: epochs }, (_, epoch) => schedule(epoch, epochs))
const expectNear = (got: readonly number[], expected: readonly number[]): void => {
  expect(got).toHaveLength(expected.length)
  got.forEach((rate, i) => expect(rate).toBeCloseTo(expected[i] as number, 12))
}

describe('schedules', () => {
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
