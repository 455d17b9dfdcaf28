import { describe, expect, test } from 'vitest'
import { fidelity } from '../../lib/compare/index.ts'
import type { CoreRow } from '../../lib/features/index.ts'
import { Seed } from '../../lib/numeric/index.ts'
import { Table } from '../../lib/schema/index.ts'

const ROWS = 400
const tableOf = (columns: Readonly<Record<string, Float64Array>>): Table<CoreRow> =>
  Table.fromColumns({
    customer_id: Array.from({ length: ROWS }, (_, i) => `${i}`),
    ...columns,
  } as never) as unknown as Table<CoreRow>

/** Customers whose last 30 days are a part of what they spent, and whose T is their own. */
const drawn = (seed: number): Record<'spend' | 'spend_30' | 'T', Float64Array> => {
  const random = Seed.of(seed).random()
  const spend = Float64Array.from({ length: ROWS }, () => 1000 * random.uniform())
  return {
    spend,
    spend_30: spend.map(each => each * random.uniform()),
    T: Float64Array.from({ length: ROWS }, () => Math.floor(300 * random.uniform())),
  }
}
const real = drawn(1)

describe('fidelity', () => {
  test('real customers beside others of the same law: shapes near 1, correlations kept, told apart half of the time', () => {
    const { shapes, correlationGap, detection, coverage, impossible } = fidelity(tableOf(real), tableOf(drawn(2)))
    // a Kolmogorov-Smirnov distance of 0.136 comes up once in 1,000 draws of 400 and 400
    expect(shapes).toBeGreaterThan(1 - 0.136)
    // a rank correlation of 400 rows has a standard error of 0.05
    expect(correlationGap).toBeLessThan(4 * 0.05 * Math.SQRT2)
    expect(Math.abs(detection - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / (2 * ROWS)))
    expect(coverage).toBeGreaterThan(0.9)
    expect(impossible).toBe(0)
  })

  test('shuffled columns keep their shapes exactly, lose what holds them together, and make people who cannot be', () => {
    const order = Seed.of(3).random().permutation(ROWS)
    const { shapes, correlationGap, impossible, correlations } = fidelity(
      tableOf(real),
      tableOf({ ...real, spend_30: Float64Array.from(order, i => real.spend_30[i] as number) }),
    )
    expect(shapes).toBe(1)
    expect(correlations.real[0]).toBeGreaterThan(0.5)
    expect(Math.abs(correlations.made[0] as number)).toBeLessThan(0.2)
    expect(correlationGap).toBeGreaterThan(0.1)
    // of independent uniforms, P(spend' · u > spend) = E(spend') E(u) = 1/4
    expect(Math.abs(impossible - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / ROWS))
  })

  test('customers all alike are told apart, cover nobody, and are related in nothing', () => {
    const { detection, coverage, correlations } = fidelity(
      tableOf(real),
      tableOf({ spend: new Float64Array(ROWS).fill(1e6), spend_30: new Float64Array(ROWS), T: new Float64Array(ROWS) }),
    )
    expect(detection).toBe(1)
    expect(coverage).toBe(0)
    expect([...correlations.made]).toEqual([0, 0, 0])
  })

  test('columns that the real ones lack, and tables without columns to compare, are named errors', () => {
    expect(() => fidelity(tableOf({ spend: real.spend }), tableOf(real))).toThrow(/real customers have no column/)
    expect(() => fidelity(tableOf({ spend: real.spend }), tableOf({ spend: real.spend }))).toThrow(/fewer than two columns/)
  })
})
