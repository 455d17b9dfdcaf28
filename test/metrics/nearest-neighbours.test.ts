import { describe, expect, test } from 'vitest'
import { nearestNeighbours } from '../../lib/metrics/index.ts'
import { Seed } from '../../lib/numeric/index.ts'

const COLUMNS = 3
const drawn = (rows: number, seed: number, shift = 0): Float64Array => {
  const random = Seed.of(seed).random()
  return Float64Array.from({ length: rows * COLUMNS }, () => random.uniform() + shift)
}

describe('nearestNeighbours', () => {
  test('by hand: on a line, 1 2 3 against 2.1 8 9, two of three real rows are covered and four of six are told apart', () => {
    // nearest others: 1 → 2 real, 2 → 2.1 made, 3 → 2.1 made (0.9, before 1); 2.1 → 2 real, 8 → 9 and 9 → 8 made
    const { detection, coverage } = nearestNeighbours(Float64Array.of(1, 2, 3), Float64Array.of(2.1, 8, 9), 1, 1)
    expect(detection).toBe(3 / 6)
    // the nearest real neighbour of each is 1 away: 2.1 is 1.1 from 1, 0.1 from 2 and 0.9 from 3
    expect(coverage).toBe(2 / 3)
  })

  test('of the same law: told apart half of the time, to within four standard errors of 1,200 tosses, and nearly all covered', () => {
    const { detection, coverage } = nearestNeighbours(drawn(600, 1), drawn(600, 2), COLUMNS)
    expect(Math.abs(detection - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 1200))
    expect(coverage).toBeGreaterThan(0.9)
  })

  test('of laws that do not overlap: always told apart, and nobody covered', () => {
    expect(nearestNeighbours(drawn(100, 1), drawn(100, 2, 5), COLUMNS)).toEqual({ detection: 1, coverage: 0 })
  })

  test('a mode that is missing shows in the coverage: real rows of two kinds, made ones of the first', () => {
    const real = Float64Array.of(...drawn(100, 1), ...drawn(100, 2, 5))
    const { coverage } = nearestNeighbours(real, drawn(200, 3), COLUMNS)
    expect(coverage).toBeGreaterThan(0.45)
    expect(coverage).toBeLessThanOrEqual(0.5)
  })

  test('copies are never told apart', () => {
    expect(nearestNeighbours(drawn(50, 1), drawn(50, 1), COLUMNS)).toEqual({ detection: 0, coverage: 1 })
  })

  test('unequal shapes, values that are missing, and too few rows are named errors', () => {
    expect(() => nearestNeighbours(drawn(9, 1), drawn(8, 1), COLUMNS)).toThrow(/27 actual values against 24/)
    expect(() => nearestNeighbours(drawn(9, 1).fill(NaN), drawn(9, 1), COLUMNS)).toThrow(/actual NaN/)
    expect(() => nearestNeighbours(drawn(5, 1), drawn(5, 2), COLUMNS)).toThrow(/5 rows of 3 columns/)
  })
})
