import { expect, test } from 'vitest'
import {
  browsingFeatures,
  categoryShares,
  contactFeatures,
  countryFeatures,
  demographicFeatures,
  productFeatures,
  quantityFeatures,
  returnFeatures,
  reviewFeatures,
  seasonalityFeatures,
  sentiment,
} from '../../../lib/features/index.ts'
import type { Row, Table } from '../../../lib/schema/index.ts'
import { memoryEvents, type MemoryEvent } from '../../support/memory-events.ts'

const events: MemoryEvent[] = [
  // A Monday with two products, one twice; a Saturday in the second quarter with one of them again.
  { customer_id: 'a', ts: '2020-01-06 09:00:00', amount: 10, product: 'tea', category: 'drinks', quantity: 2 },
  { customer_id: 'a', ts: '2020-01-06 19:00:00', amount: 5, product: 'tea', category: 'drinks', quantity: 1 },
  { customer_id: 'a', ts: '2020-01-06 19:00:00', amount: 20, product: 'cup', category: 'ware', quantity: 1 },
  { customer_id: 'a', ts: '2020-04-04 09:00:00', amount: 5, product: 'tea', category: 'drinks', quantity: 1 },
  { customer_id: 'a', ts: '2020-04-05 09:00:00', kind: 'return', amount: -10, product: 'cup' },
  { customer_id: 'a', ts: '2020-04-20 10:00:00', kind: 'browse', pages: 4, seconds: 90 },
  { customer_id: 'a', ts: '2020-03-01 10:00:00', kind: 'browse', pages: 1, seconds: 10 },
  { customer_id: 'a', ts: '2020-04-06', kind: 'review', rating: 4, text: 'Great tea' },
  { customer_id: 'a', ts: '2020-04-07', kind: 'review', rating: 1, text: 'not great, broke' },
  { customer_id: 'a', ts: '2020-04-08', kind: 'contact' },
  { customer_id: 'b', ts: '2020-02-02', amount: 8 },
  { customer_id: 'only-browses', ts: '2020-02-02', kind: 'browse', pages: 9, seconds: 9 },
  { customer_id: 'only-returns', ts: '2020-02-02', kind: 'return', amount: -9 },
]
const capabilities = ['products', 'quantities', 'returns', 'browsing', 'reviews', 'demographics', 'country', 'campaigns'] as const
const observed = await memoryEvents(events, {
  observeFrom: '2020-01-01',
  cutoff: '2020-05-01',
  capabilities,
  customers: [
    { customer_id: 'a', country: 'DE', age: 41, income: 52_000 },
    { customer_id: 'only-browses', country: 'FR' },
  ],
})
const rows = async <R extends Row>(table: Promise<Table<R>>): Promise<R[]> => [...(await table).rows()]

test('products: baskets are distinct products per day, the top category is the one with the largest spend', async () => {
  expect(await rows(productFeatures(observed))).toEqual([
    {
      customer_id: 'a',
      basket_size: 1.5,
      variety: 2,
      category_variety: 2,
      top_category: 'drinks',
      top_category_share: 0.5,
      repeat_product_share: 1 / 3,
    },
    {
      customer_id: 'b',
      basket_size: NaN,
      variety: 0,
      category_variety: NaN,
      top_category: null,
      top_category_share: NaN,
      repeat_product_share: NaN,
    },
  ])
})

test('category shares become columns of the names asked for', async () => {
  const shares = await categoryShares(observed, ['drinks', 'toys'])
  expect([...shares.column('share_drinks')]).toEqual([0.5, NaN])
  expect([...shares.column('share_toys')]).toEqual([0, NaN])
})

test('quantities', async () => {
  expect(await rows(quantityFeatures(observed))).toEqual([
    { customer_id: 'a', units: 5, units_per_day: 2.5, unit_price: 8 },
    { customer_id: 'b', units: 0, units_per_day: NaN, unit_price: NaN },
  ])
})

test('returns are measured against gross spend, and those who only return are no customers', async () => {
  expect(await rows(returnFeatures(observed))).toEqual([
    { customer_id: 'a', return_days: 1, returned_value: 10, return_ratio: 0.25, days_since_last_return: 25 },
    { customer_id: 'b', return_days: 0, returned_value: 0, return_ratio: 0, days_since_last_return: NaN },
  ])
})

test('browsing', async () => {
  expect(await rows(browsingFeatures(observed))).toEqual([
    {
      customer_id: 'a',
      sessions: 2,
      pages: 5,
      sessions_30: 1,
      pages_per_session: 2.5,
      seconds_per_session: 50,
      sessions_per_purchase: 1,
      days_since_last_session: 10,
    },
    {
      customer_id: 'b',
      sessions: 0,
      pages: 0,
      sessions_30: 0,
      pages_per_session: NaN,
      seconds_per_session: NaN,
      sessions_per_purchase: 0,
      days_since_last_session: NaN,
    },
  ])
})

test('reviews', async () => {
  expect(await rows(reviewFeatures(observed))).toEqual([
    { customer_id: 'a', reviews: 2, mean_rating: 2.5, lowest_rating: 1, text_length: 12.5, sentiment: 0 },
    { customer_id: 'b', reviews: 0, mean_rating: NaN, lowest_rating: NaN, text_length: NaN, sentiment: NaN },
  ])
})

test('sentiment counts listed words and turns them round after a negation', () => {
  expect(sentiment('I love it, excellent quality')).toBe(1)
  expect(sentiment('Not good. It broke')).toBe(-1)
  expect(sentiment('isn’t bad')).toBe(1)
  expect(sentiment('arrived on Tuesday')).toBe(0)
})

test('contacts, demographics and country; what is not known is missing, not zero', async () => {
  expect(await rows(contactFeatures(observed))).toEqual([
    { customer_id: 'a', contacts: 1, contacts_30: 1, days_since_last_contact: 22 },
    { customer_id: 'b', contacts: 0, contacts_30: 0, days_since_last_contact: NaN },
  ])
  expect(await rows(demographicFeatures(observed))).toEqual([
    { customer_id: 'a', age: 41, income: 52_000 },
    { customer_id: 'b', age: NaN, income: NaN },
  ])
  expect(await rows(countryFeatures(observed))).toEqual([
    { customer_id: 'a', country: 'DE' },
    { customer_id: 'b', country: null },
  ])
})

test('seasonality: weekdays and quarters of purchase days, parts of the day of purchases', async () => {
  const [a, b] = await rows(seasonalityFeatures(observed))
  expect(a).toMatchObject({
    share_monday: 0.5,
    share_saturday: 0.5,
    share_sunday: 0,
    share_q1: 0.5,
    share_q2: 0.5,
    share_morning: 0.5,
    share_evening: 0.5,
  })
  expect(b).toMatchObject({ share_sunday: 1, share_monday: 0, share_q1: 1, share_night: 1 })
})

test('a log that knows only days has no shares by time of day', async () => {
  const days = await memoryEvents([{ customer_id: 'a', ts: '2020-01-06', amount: 1 }], {
    observeFrom: '2020-01-01',
    cutoff: '2020-05-01',
  })
  expect((await seasonalityFeatures(days)).column('share_night')[0]).toBeNaN()
})
