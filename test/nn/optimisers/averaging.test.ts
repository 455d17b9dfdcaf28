import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exponentialAverage, stochasticWeightAverage, type Averaging } from '../../../lib/nn/index.ts'

const run = (averaging: Averaging, values: readonly number[]): number => {
  const weights = values.map(value => ({ w: Float32Array.of(value) }))
  const first = weights[0] as { w: Float32Array }
  return weights.reduce((state, each, epoch) => averaging.update(state, each, epoch), averaging.init(first)).weights[
    'w'
  ]?.[0] as number
}

describe('averaging', () => {
  it.each([1, 2, -0.1, NaN])('a decay of %s is refused by name', decay => {
    expect(() => exponentialAverage(decay)).toThrow(/decay is .*\n.*exponentialAverage/)
  })

  it('SWA is the mean from an epoch on', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 9 }), values => {
        const late = values.slice(2)
        expect(run(stochasticWeightAverage(2), values)).toBeCloseTo(late.reduce((a, b) => a + b, 0) / late.length, 4)
      }),
    )
    expect(run(stochasticWeightAverage(5), [1, 2, 3])).toBe(3)
  })

  it('the exponential average lies between the least and the largest, and stays where nothing moves', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 9 }), values => {
        const average = run(exponentialAverage(0.9), values)
        expect(average).toBeGreaterThanOrEqual(Math.min(...values) - 1e-4)
        expect(average).toBeLessThanOrEqual(Math.max(...values) + 1e-4)
      }),
    )
    expect(run(exponentialAverage(0.9), [3, 3, 3])).toBe(3)
    expect(run(exponentialAverage(0.5), [0, 8])).toBe(4)
  })

  it('changes no state in place', () => {
    const state = { weights: { w: Float32Array.of(1) }, count: 1 }
    exponentialAverage(0.5).update(state, { w: Float32Array.of(5) }, 1)
    expect([...state.weights.w]).toEqual([1])
  })
})
