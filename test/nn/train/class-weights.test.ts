import { describe, expect, it } from 'vitest'
import { FitError } from '../../../lib/errors/index.ts'
import { classWeights } from '../../../lib/nn/index.ts'

describe('classWeights', () => {
  it('balances classes, the mean weight being 1', () => {
    const weights = classWeights([0, 0, 0, 1])
    expect([...weights]).toEqual([4 / 6, 4 / 6, 4 / 6, 2].map(Math.fround))
  })

  it('takes them as given, and refuses a class that has none', () => {
    expect([...classWeights([0, 1, 1], { 0: 1, 1: 3 })]).toEqual([1, 3, 3])
    expect(() => classWeights([0, 2], { 0: 1 })).toThrow(FitError)
    expect(() => classWeights([0, 2], { 0: 1 })).toThrow(/class 2 has no weight/)
  })
})
