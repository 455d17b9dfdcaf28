import { describe, expect, test } from 'vitest'
import { bootstrap } from '../../lib/compare/bootstrap.ts'
import { Seed } from '../../lib/numeric/index.ts'

const size = (drawn: Uint32Array): number => drawn.reduce((sum, each) => sum + each, 0)
const first = (drawn: Uint32Array): number => drawn[0] as number

const run = async (seed: number) => await bootstrap([size, first, first], 30, { resamples: 50, seed: Seed.of(seed) })

describe('bootstrap', () => {
  test('each resample draws as many customers as there are, all scorers see the same, and the seed decides', async () => {
    const [sizes, one, two] = await run(1)
    expect([...(sizes as Float64Array)]).toEqual(Array(50).fill(30))
    expect(two).toEqual(one)
    expect((await run(1))[1]).toEqual(one)
    expect((await run(2))[1]).not.toEqual(one)
  })

  test('the spread of a resampled mean is its standard error', async () => {
    const values = Array.from({ length: 400 }, (_, i) => i % 20)
    const mean = (drawn: Uint32Array): number => drawn.reduce((sum, times, i) => sum + times * (values[i] as number), 0) / 400
    const [means] = await bootstrap([mean], 400, { resamples: 1000, seed: Seed.of(5) })
    const middle = (means as Float64Array).reduce((sum, each) => sum + each, 0) / 1000
    const sd = Math.sqrt((means as Float64Array).reduce((sum, each) => sum + (each - middle) * (each - middle), 0) / 999)
    const theory = Math.sqrt(33.25 / 400)
    expect(Math.abs(sd / theory - 1)).toBeLessThan(0.1)
  })

  test('a signal stops it', async () => {
    await expect(bootstrap([() => 0], 3, { resamples: 10, seed: Seed.of(1) }, undefined, AbortSignal.abort())).rejects.toThrow(
      /abort/i,
    )
  })
})
