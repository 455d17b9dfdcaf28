import { expect, expectTypeOf, test } from 'vitest'
import { LeakageError } from '../../lib/errors/index.ts'
import { allFeatures } from '../../lib/features/index.ts'
import type { ObservedEvents } from '../../lib/schema/index.ts'
import { memoryEvents, memoryOutcome } from '../support/memory-events.ts'

const window = { observeFrom: '2020-01-01', cutoff: '2020-02-01' }
const bought = [{ customer_id: 'a', ts: '2020-01-05', amount: 3 }]

test('a log of customer, time and amount gives core and seasonality, and a sentence for all that is left out', async () => {
  const { table, groups, skipped } = await allFeatures(await memoryEvents(bought, window), { horizon: 10 })
  expect(groups).toEqual([])
  expect(skipped).toHaveLength(10)
  expect(skipped).toContain('The log has no products, so features of them are left out.')
  expect(table.has('basket_size')).toBe(false)
  expect(table.column('spend')[0]).toBe(3)
})

test('capabilities add their columns, to the table and to its type', async () => {
  const observed = await memoryEvents(bought, { ...window, capabilities: ['returns', 'country'] as const })
  const { table, groups, skipped } = await allFeatures(observed, { horizon: 10 })
  expect(groups).toEqual(['returns', 'country'])
  expect(skipped).toHaveLength(8)
  expectTypeOf(table.column('return_ratio')).toEqualTypeOf<Float64Array>()
  expectTypeOf(table.column('country')).toEqualTypeOf<readonly (string | null)[]>()
  // @ts-expect-error browsing is not known of this log
  expect(() => table.column('sessions')).toThrow(/no column "sessions"/)
})

test('has() narrows what a function may be given', async () => {
  const observed = await memoryEvents(bought, { ...window, capabilities: ['returns'] })
  const plain: ObservedEvents = observed
  if (!plain.has('returns')) throw new Error('the capability was lost')
  expectTypeOf((await allFeatures(plain, { horizon: 10 })).table.column('return_days')).toEqualTypeOf<Float64Array>()
})

test('the future is refused', async () => {
  const later = await memoryOutcome([], { cutoff: '2020-02-01', horizon: 10 })
  await expect(allFeatures({ ...later, capabilities: new Set() } as never, { horizon: 10 })).rejects.toThrow(LeakageError)
})

test('a split beside the events must be theirs', async () => {
  const observed = await memoryEvents(bought, window)
  await expect(allFeatures(observed, { ...window, horizon: 10 })).resolves.toHaveProperty('groups', [])
  await expect(allFeatures(observed, { cutoff: '2020-01-15', horizon: 10 })).rejects.toMatchObject({
    name: 'LeakageError',
    code: 'another-cutoff',
    what: /up to 2020-02-01, but the split's cutoff is 2020-01-15/,
  })
})
