import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MEASURES } from '../../lib/compare/index.ts'
import { weightedDecileMape } from '../../lib/compare/resampled.ts'
import { decileMape, deciles } from '../../lib/metrics/index.ts'
import { Seed } from '../../lib/numeric/index.ts'

const random = () => Seed.of(1).random()

/** Customers, and how often each was drawn; the draw has spenders, returners and both classes. */
const drawnCustomers = fc
  .array(
    fc.record({
      value: fc.integer({ min: 0, max: 9 }),
      predicted: fc.integer({ min: 1, max: 9 }),
      probability: fc.integer({ min: 0, max: 8 }),
      drawn: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 2, maxLength: 40 },
  )
  .filter(rows => new Set(rows.flatMap(({ value, drawn }) => (drawn > 0 ? [value > 0] : []))).size === 2)

describe('metrics over resampled customers', () => {
  test.each(MEASURES.filter(({ name }) => name !== 'decile_mape'))(
    '$name: a customer drawn twice counts as two equal rows',
    measure => {
      fc.assert(
        fc.property(drawnCustomers, rows => {
          const actual = rows.map(({ value }) => (measure.of === 'value' ? value : Number(value > 0)))
          const said = rows.map(({ predicted, probability }) => (measure.of === 'value' ? predicted : probability / 8))
          const repeat = (values: readonly number[]): Float64Array =>
            Float64Array.from(values.flatMap((value, i) => Array<number>(rows[i]?.drawn ?? 0).fill(value)))
          const resampled = measure.resampled(
            Float64Array.from(actual),
            Float64Array.from(said),
          )(Uint32Array.from(rows, ({ drawn }) => drawn))
          const repeated = measure.score(repeat(actual), repeat(said))
          const apart =
            Number.isNaN(repeated) && Number.isNaN(resampled) ? 0 : Math.abs(resampled - repeated) / (1 + Math.abs(repeated))
          expect(apart).toBeLessThan(1e-9)
        }),
      )
    },
  )

  test('decile_mape: the same where no prediction ties with another customer’s', () => {
    fc.assert(
      fc.property(drawnCustomers, rows => {
        const actual = Float64Array.from(rows, ({ value }) => value)
        const predicted = Float64Array.from(rows, ({ predicted }, i) => predicted + i / 1000)
        const repeat = (values: Float64Array): Float64Array =>
          Float64Array.from([...values].flatMap((value, i) => Array<number>(rows[i]?.drawn ?? 0).fill(value)))
        const resampled = weightedDecileMape(actual, predicted, random())(Uint32Array.from(rows, ({ drawn }) => drawn))
        expect(resampled).toBeCloseTo(decileMape(deciles(repeat(actual), repeat(predicted), random())).value, 9)
      }),
    )
  })
})
