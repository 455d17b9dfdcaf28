import { describe, expect, it } from 'vitest'
import { ratesOf, toldOf } from '../../../lib/nn/train/rates.ts'
import { cosineDecay, perStep } from '../../../lib/nn/index.ts'

describe('the learning rates of an epoch', () => {
  it('are one by epoch, and by step go on where the epoch before ended', () => {
    expect(ratesOf((epoch, epochs) => epoch / epochs, 2, 4, 100)).toBe(0.5)
    const whole = ratesOf(perStep(cosineDecay(1)), 0, 1, 6)
    const parts = [0, 1].flatMap(epoch => [...(ratesOf(perStep(cosineDecay(1)), epoch, 2, 3) as Float64Array)])
    expect(parts).toEqual([...(whole as Float64Array)])
  })

  it('are told as one, or as first and last', () => {
    expect(toldOf(0.5)).toEqual({ rate: 0.5 })
    expect(toldOf(Float64Array.of(1, 2, 3))).toEqual({ firstRate: 1, rate: 3 })
  })
})
