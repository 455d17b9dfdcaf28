import { describe, expect, it } from 'vitest'
import { UsageError } from '../../../lib/errors/index.ts'
import { findRate, sgd, train } from '../../../lib/nn/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { examples, line } from './lines.ts'

const seed = Seed.of(3)
const data = examples(200)

describe('findRate', () => {
  it('raises the rate by the same multiple each step, until the loss bursts', async () => {
    const { rates, losses, smoothed } = await findRate(line, data, {
      seed,
      optimiser: sgd(),
      from: 1e-4,
      to: 100,
      steps: 61,
      batch: 50,
    })
    rates.slice(1).forEach((rate, i) => expect(rate / (rates[i] as number)).toBeCloseTo(10 ** 0.1, 10))
    expect(rates[0]).toBe(1e-4)
    expect(rates.length).toBeLessThan(61)
    expect(smoothed.at(-1)).toBeGreaterThan(4 * Math.min(...smoothed))
    expect(losses).toHaveLength(rates.length)
  })

  it('suggests a rate that trains: far better than one a hundredth of it, and below where squared error diverges', async () => {
    const { suggestion } = await findRate(line, data, { seed, optimiser: sgd(), from: 1e-4, to: 100, steps: 61, batch: 50 })
    const lossAt = async (rate: number): Promise<number> =>
      (await train(line, data, { epochs: 5, batch: 50, optimiser: sgd({ rate }), seed })).history.at(-1)?.loss as number
    expect(await lossAt(suggestion as number)).toBeLessThan(0.5 * (await lossAt((suggestion as number) / 100)))
    // inputs have a second moment of 1/3 and the bias one of 1: gradient descent on the mean square diverges from a rate of 1
    expect(suggestion).toBeLessThan(1)
  })

  it('says that nothing falls where the loss is 0 from the start', async () => {
    const still = { rows: 8, x: new Float32Array(16), y: new Float32Array(8) }
    expect((await findRate(line, still, { seed, steps: 5, batch: 4 })).suggestion).toBeUndefined()
  })

  it('gives what it has found so far when it is cancelled', async () => {
    const [cut, whole] = await Promise.all(
      [AbortSignal.abort(), undefined].map(signal => findRate(line, data, { seed, steps: 5, ...(signal && { signal }) })),
    )
    expect(cut?.losses).toEqual(whole?.losses.slice(0, 1))
    expect(cut?.rates).toEqual([1e-6])
  })

  it('refuses rates that do not rise', async () => {
    await expect(findRate(line, data, { seed, from: 1, to: 0.1 })).rejects.toThrow(UsageError)
    await expect(findRate(line, data, { seed, steps: 1 })).rejects.toThrow(/a search of 1 steps/)
  })
})
