import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { LeakageError, SchemaError, UsageError } from '../../../lib/errors/index.ts'
import {
  mutualInformation,
  selectByCorrelation,
  selectByMutualInformation,
  selectByVariance,
} from '../../../lib/features/index.ts'
import { Table } from '../../../lib/schema/index.ts'

type Features = {
  readonly customer_id: string
  readonly a: number
  readonly b: number
  readonly flat: number
  readonly noise: number
}
const n = 64
const ids = Array.from({ length: n }, (_, i) => `c${i}`)
const features = Table.fromColumns<Features>({
  customer_id: ids,
  a: Float64Array.from(ids, (_, i) => i),
  b: Float64Array.from(ids, (_, i) => (i === 0 ? NaN : -3 * i + 1)),
  flat: new Float64Array(n).fill(0.1),
  noise: Float64Array.from(ids, (_, i) => (i * 37) % 64),
})
const outcome = Table.fromColumns<{ customer_id: string; future_value: number; future_purchases: number }, 'outcome'>(
  {
    customer_id: ids,
    future_purchases: Float64Array.from(ids, (_, i) => (i < 32 ? 0 : 2)),
    future_value: Float64Array.from(ids, (_, i) => (i < 32 ? 0 : 1)),
  },
  'outcome',
)
const training = features.join(outcome, 'customer_id')

test('variance: constant columns go, whatever their rounding', () => {
  const { kept, dropped, scores } = selectByVariance(features)
  expect(kept).toEqual(['a', 'b', 'noise'])
  expect(dropped).toEqual([{ column: 'flat', reason: 'its variance is 0, not above 0' }])
  expect(scores['a']).toBeCloseTo((n * n - 1) / 12, 10)
})

test('correlation: of two that say the same the first stays, signs and missing values aside', () => {
  const { kept, dropped } = selectByCorrelation(features)
  expect(kept).toEqual(['a', 'flat', 'noise'])
  expect(dropped[0]?.reason).toMatch(/with "a" is 1\.000/)
})

test('mutual information of two equal fair coins is log 2, of independent ones 0', () => {
  expect(mutualInformation(['x', 'y', 'x', 'y'], [true, false, true, false])).toBeCloseTo(Math.LN2, 14)
  expect(mutualInformation(['x', 'x', 'y', 'y'], [true, false, true, false])).toBe(0)
})

test('mutual information is symmetric, not negative, and blind to the order of rows', () => {
  const cells = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom('p', 'q', null)), {
    minLength: 1,
    maxLength: 40,
  })
  fc.assert(
    fc.property(cells, pairs => {
      const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)]
      const found = mutualInformation(x, y)
      expect(found).toBeGreaterThanOrEqual(0)
      expect(mutualInformation(y, x)).toBeCloseTo(found, 12)
      expect(mutualInformation(x.toReversed(), y.toReversed())).toBe(found)
    }),
    { seed: 7 },
  )
})

test('selection by mutual information takes a labelled training table and keeps what tells of the target', () => {
  const { kept, scores } = selectByMutualInformation(training, { target: 'future_value', top: 2 })
  expect(kept).toEqual(['a', 'b'])
  expect(scores['flat']).toBe(0)
  expect(scores).not.toHaveProperty('future_purchases')
  expect(scores['a'] as number).toBeGreaterThan(scores['noise'] as number)
  expect(selectByMutualInformation(training, { target: 'future_value', min: 0.5 }).kept).toEqual(['a', 'b'])
})

test('times and lengths are checked', () => {
  expect(() => selectByVariance(training as never)).toThrow(LeakageError)
  expect(() => selectByCorrelation(training as never)).toThrow(LeakageError)
  expect(() => selectByMutualInformation(features as never, { target: 'a' as never })).toThrow(LeakageError)
  expect(() => selectByMutualInformation(training, { target: 'future_value', bins: 1 })).toThrow(UsageError)
  expect(() => mutualInformation([1], [])).toThrow(SchemaError)
})
