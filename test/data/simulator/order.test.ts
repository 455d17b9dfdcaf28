import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CATALOGUE } from '../../../lib/data/simulator/catalogue.ts'
import { drawLines, drawValue } from '../../../lib/data/simulator/order.ts'
import { Seed } from '../../../lib/numeric/index.ts'

/** The share of toys among the lines of 2,000 orders. */
function share(day: string, favourite: number): number {
  const random = Seed.of(1).random()
  const lines = Array.from({ length: 2000 }, () => drawLines(random, 5000, Date.parse(day) / 1000, favourite)).flat()
  return lines.filter(({ category }) => category.name === 'toys').length / lines.length
}

describe('drawLines', () => {
  it('splits an order into lines that add up to its value to the cent', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 1e11 }),
        fc.integer({ min: 0, max: 2e9 }),
        fc.nat(5),
        (seed, cents, seconds, favourite) => {
          const lines = drawLines(Seed.of(seed).random(), cents, seconds, favourite)
          expect(lines.reduce((sum, line) => sum + line.cents, 0)).toBe(cents)
          for (const line of lines) {
            expect(line.cents).toBeGreaterThan(0)
            expect(line.quantity).toBeGreaterThanOrEqual(1)
            expect(CATALOGUE.find(entry => entry.name === line.category.name)?.products).toContain(line.product)
          }
        },
      ),
    )
  })

  it('sells more toys before Christmas, and more of the favourite always', () => {
    const toys = CATALOGUE.findIndex(({ name }) => name === 'toys')
    const none = (toys + 1) % CATALOGUE.length
    expect(share('2023-12-10', none)).toBeGreaterThan(1.5 * share('2023-06-10', none))
    expect(share('2023-06-10', toys)).toBeGreaterThan(2 * share('2023-06-10', none))
  })
})

describe('drawValue', () => {
  it('has the mean of its Gamma distribution and never less than a cent', () => {
    const random = Seed.of(2).random()
    const values = Array.from({ length: 20_000 }, () => drawValue(random, 4, 30))
    // The standard error of the mean is 30 / sqrt(4 · 20,000) = 0.106.
    expect(Math.abs(values.reduce((a, b) => a + b) / 100 / values.length - 30)).toBeLessThan(3 * 0.106)
    expect(drawValue(random, 4, 1e-9)).toBe(1)
  })
})
