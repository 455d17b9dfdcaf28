import * as fc from 'fast-check'
import { expect, expectTypeOf, test } from 'vitest'
import { LeakageError, SchemaError, UsageError } from '../../../lib/errors/index.ts'
import { allFeatures, profiles, RFM_SEGMENTS, rfmScores, segmentOf, type RfmInput } from '../../../lib/features/index.ts'
import { scores } from '../../../lib/features/profiles/rfm.ts'
import { DISPLAY, Table } from '../../../lib/schema/index.ts'
import { memoryEvents } from '../../support/memory-events.ts'

test('the rules cover the grid of scores, each cell exactly once', () => {
  for (let recency = 1; recency <= 5; recency++) {
    for (let value = 1; value <= 5; value++) {
      const found = RFM_SEGMENTS.filter(
        r => recency >= r.recency[0] && recency <= r.recency[1] && value >= r.value[0] && value <= r.value[1],
      )
      expect(found, `${recency} ${value}`).toHaveLength(1)
    }
  }
})

test.each([
  [5, 5, 5, 'Champions'],
  [3, 5, 4, 'Loyal'],
  [4, 3, 3, 'Potential Loyalists'],
  [5, 1, 1, 'New'],
  [4, 1, 1, 'Promising'],
  [3, 3, 3, 'Need Attention'],
  [3, 1, 2, 'About To Sleep'],
  [2, 4, 4, 'At Risk'],
  [1, 5, 4, 'Cannot Lose Them'],
  [2, 1, 1, 'Hibernating'],
  [1, 1, 2, 'Lost'],
])('scores %i-%i-%i are %s', (recency, frequency, monetary, name) => {
  expect(segmentOf(recency, frequency, monetary)).toBe(name)
})

test('scores are fifths where there are no ties, and ties share one', () => {
  expect([...scores(Float64Array.of(10, 20, 30, 40, 50, 60, 70, 80, 90, 100))]).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
  expect([...scores(Float64Array.of(0, 0, 0, 0, 0, 0, 7, 8, 9, 10))]).toEqual([1, 1, 1, 1, 1, 1, 4, 4, 5, 5])
  expect([...scores(Float64Array.of(3, 3, 3))]).toEqual([1, 1, 1])
  expect(() => scores(Float64Array.of(1, NaN))).toThrow(UsageError)
})

test('scores keep the order of values, lie within 1 and 5, and do not depend on the order of rows', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 50 }), values => {
      const found = scores(Float64Array.from(values))
      values.forEach((a, i) => {
        expect(found[i]).toBeGreaterThanOrEqual(1)
        expect(found[i]).toBeLessThanOrEqual(5)
        expect(values.filter((b, j) => a < b && (found[i] as number) > (found[j] as number))).toEqual([])
      })
      expect([...scores(Float64Array.from(values.toReversed()))].reverse()).toEqual([...found])
    }),
    { seed: 8 },
  )
})

test('the most recent, most frequent and best paying customer is a champion', () => {
  const customers = Table.fromColumns<RfmInput>({
    customer_id: ['a', 'b', 'c', 'd', 'e'],
    days_since_last: Float64Array.of(400, 100, 50, 20, 1),
    frequency: Float64Array.of(0, 1, 2, 3, 9),
    spend: Float64Array.of(5, 10, 20, 40, 500),
  })
  const table = rfmScores(customers)
  expect(table.column('rfm')).toEqual(['1-1-1', '2-2-2', '3-3-3', '4-4-4', '5-5-5'])
  expect(table.column('segment')).toEqual(['Lost', 'Hibernating', 'Need Attention', 'Loyal', 'Champions'])
})

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0)
const day = (i: number): string => new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10)
const events = Array.from({ length: 20 }, (_, c) =>
  Array.from({ length: 1 + (c % 4) }, (_, k) => ({
    customer_id: `c${String(c).padStart(2, '0')}`,
    ts: day((c * 3 + k * 20) % 120),
    amount: 10 + c,
    product: `p${k}`,
    category: k % 2 === 0 ? 'tea' : 'cups',
  })),
).flat()
const window = { observeFrom: '2020-01-01', cutoff: '2020-05-01' }

test('profiles tell who, how and what per customer and per segment, as far as the log knows', async () => {
  const observed = await memoryEvents(events, {
    ...window,
    capabilities: ['products', 'demographics'],
    customers: [
      { customer_id: 'c00', age: 30, income: 1000 },
      { customer_id: 'c01', age: 50 },
    ],
  })
  const { table } = await allFeatures(observed, { horizon: 30 })
  const found = profiles(table)
  expectTypeOf(found.segments.column('typical_age')).toEqualTypeOf<Float64Array>()
  expectTypeOf(found.segments.column('typical_top_category')).toEqualTypeOf<readonly (string | null)[]>()
  expect(found.customers.length).toBe(20)
  expect(found.of('c00')).toMatchObject({ age: 30, income: 1000, top_category: 'tea', spend: 10, frequency: 0 })
  expect(sum(found.segments.column('customers'))).toBe(20)
  expect(sum(found.segments.column('customer_share'))).toBeCloseTo(1, 12)
  expect(sum(found.segments.column('spend_share'))).toBeCloseTo(1, 12)
  const order = RFM_SEGMENTS.map(({ name }) => name as string)
  const names = found.segments.column('segment')
  expect([...names].sort((a, b) => order.indexOf(a) - order.indexOf(b))).toEqual(names)
  expect(found[DISPLAY]().data['text/html']).toContain('typical_age')
  expect(() => found.of('nobody')).toThrow(SchemaError)
})

test('a log of customer, time and amount has profiles without the rest', async () => {
  const { table } = await allFeatures(await memoryEvents(events, window), { horizon: 30 })
  const found = profiles(table)
  expect(found.segments.has('typical_age')).toBe(false)
  expect(found.segments.column('typical_frequency').length).toBe(found.segments.length)
})

test('the future makes no profile', () => {
  const labelled = Table.fromColumns<RfmInput, 'labelled'>(
    { customer_id: ['a'], days_since_last: Float64Array.of(1), frequency: Float64Array.of(1), spend: Float64Array.of(1) },
    'labelled',
  )
  expect(() => rfmScores(labelled as never)).toThrow(LeakageError)
  expect(() => profiles(labelled as never)).toThrow(LeakageError)
})
