import { describe, expect, it } from 'vitest'
import { plan, type Plan } from '../../../lib/engine/program/plan.ts'
import { adam, binaryCrossEntropy, dense, network } from '../../../lib/nn/index.ts'

describe('blocks of rows shared among threads', () => {
  const planned = (hidden: readonly [number, number], batch: number, threads: number): Plan => {
    const net = network({ columns: 20, layers: [...hidden.map(units => dense(units)), dense(1)], loss: binaryCrossEntropy })
    return plan(net.training(batch, adam()), { block: 128, threads })
  }
  const small = (batch: number, threads: number): Plan => planned([128, 64], batch, threads)

  it('are made as many as a thread can hold the sums of before all meet: 128 KiB of them', () => {
    const { sumsBytes } = small(1024, 2)
    expect(Math.floor(131072 / sumsBytes)).toBe(2)
    expect([256, 1024, 1300, 8192].map(batch => small(batch, 2).stretch)).toEqual([2, 4, 4, 4])
    expect(small(1024, 3).stretch).toBe(6)
    expect(planned([300, 300], 8192, 2).stretch).toBe(2)
  })

  it('are added up one by one where there is one thread', () => {
    expect(small(8192, 1).stretch).toBe(1)
  })

  it('find little weights turned by each thread for itself, many turned by all', () => {
    expect(small(1024, 2).each).toBe(true)
    expect(planned([300, 300], 1024, 2).each).toBe(false)
    expect(small(128, 2).each).toBe(false)
  })
})
