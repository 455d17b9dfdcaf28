import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { LeakageError, UsageError } from '../../lib/errors/index.ts'
import { coreFeatures, outcomes } from '../../lib/features/index.ts'
import { memoryEvents, memoryOutcome, type MemoryEvent } from '../support/memory-events.ts'
import { eventLogs } from './event-arbitrary.ts'
import { naiveCore } from './naive-core.ts'

/** Equal names, and numbers equal to 1e-9 of their size or both missing. */
function expectSameRows(got: readonly object[], wanted: readonly object[]): void {
  expect(got.map(row => Object.keys(row).sort())).toEqual(wanted.map(row => Object.keys(row).sort()))
  const unlike = got.flatMap((row, i) =>
    Object.entries(row).filter(([name, value]) => !same(value, (wanted[i] as Record<string, unknown>)[name])),
  )
  expect(unlike).toEqual([])
}

function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b
  return Number.isNaN(a) ? Number.isNaN(b) : Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a))
}

const january = { observeFrom: '2020-01-01', cutoff: '2020-02-01' }
const purchasesOfTheLastWeek = async (ts: string) =>
  (await coreFeatures(await memoryEvents([{ customer_id: 'a', ts, amount: 2 }], january), { horizon: 10 })).column(
    'purchases_7',
  )[0]

test('core features equal a naive computation in whole cents on any event log', async () => {
  await fc.assert(
    fc.asyncProperty(eventLogs(), fc.constantFrom(30, 90, 365), async (events, horizon) => {
      const observed = await memoryEvents(events, { observeFrom: '2020-01-21', cutoff: '2020-07-19' })
      const table = await coreFeatures(observed, { horizon })
      expectSameRows([...table.rows()], naiveCore(events, '2020-01-21', '2020-07-19', horizon))
    }),
    { numRuns: 40, seed: 11 },
  )
})

test('purchases of one day are one transaction, returns are none, and customers who only return are not there', async () => {
  const events: MemoryEvent[] = [
    { customer_id: 'b', ts: '2020-01-01 00:00:00', amount: 10 },
    { customer_id: 'b', ts: '2020-01-01 23:59:59', amount: 5 },
    { customer_id: 'b', ts: '2020-01-11', amount: 7.5 },
    { customer_id: 'b', ts: '2020-01-12', kind: 'return', amount: -7.5 },
    { customer_id: 'only-returns', ts: '2020-01-05', kind: 'return', amount: -3 },
    { customer_id: 'a', ts: '2020-01-31 23:59:59', amount: 1 },
  ]
  const table = await coreFeatures(await memoryEvents(events, { observeFrom: '2020-01-01', cutoff: '2020-02-01' }), {
    horizon: 10,
  })
  expect(table.column('customer_id')).toEqual(['a', 'b'])
  expect([...table.column('frequency')]).toEqual([0, 1])
  expect([...table.column('spend')]).toEqual([1, 22.5])
  expect([...table.column('monetary')]).toEqual([0, 7.5])
  expect([...table.column('recency')]).toEqual([0, 10])
  expect([...table.column('T')]).toEqual([0, 30])
  expect([...table.column('mean_gap')]).toEqual([NaN, 10])
})

test('trailing windows hold exactly their days: the 7th day before the cutoff counts, the 8th does not', async () => {
  expect(await purchasesOfTheLastWeek('2020-01-25 00:00:00')).toBe(1)
  expect(await purchasesOfTheLastWeek('2020-01-24 23:59:59')).toBe(0)
})

test('equal purchases have a standard deviation of exactly zero', async () => {
  const events = Array.from({ length: 7 }, (_, i) => ({ customer_id: 'a', ts: `2020-01-0${i + 1}`, amount: 19.99 }))
  const table = await coreFeatures(await memoryEvents(events, { observeFrom: '2020-01-01', cutoff: '2020-02-01' }), {
    horizon: 10,
  })
  expect(table.column('sd_spend')[0]).toBe(0)
  expect(table.column('sd_gap')[0]).toBe(0)
})

test('the same bits come out of one thread and of four', async () => {
  const events = Array.from({ length: 4000 }, (_, i) => ({
    customer_id: `c${(i * 7919) % 97}`,
    ts: new Date(Date.UTC(2020, 0, 1 + ((i * 31) % 200))).toISOString().slice(0, 10),
    amount: ((i * 104729) % 100_003) / 100,
  }))
  const window = { observeFrom: '2020-01-01', cutoff: '2020-07-19' }
  const [one, four] = await Promise.all(
    [1, 4].map(async threads => await coreFeatures(await memoryEvents(events, { ...window, threads }), { horizon: 90 })),
  )
  expect([...(one?.rows() ?? [])]).toEqual([...(four?.rows() ?? [])])
  expect(one?.length).toBe(97)
})

test('an empty log gives an empty table', async () => {
  expect(
    (await coreFeatures(await memoryEvents([], { observeFrom: '2020-01-01', cutoff: '2020-02-01' }), { horizon: 10 })).length,
  ).toBe(0)
})

test('outcomes equal a naive computation, one row per customer in the order of the table, zeros where nothing happened', async () => {
  await fc.assert(
    fc.asyncProperty(eventLogs(), async events => {
      const window = { observeFrom: '2020-01-01', cutoff: '2020-05-19' }
      const customers = await coreFeatures(await memoryEvents(events, window), { horizon: 50 })
      const happened = await outcomes(await memoryOutcome(events, { cutoff: '2020-05-19', horizon: 50 }), customers)
      const wanted = [...customers.column('customer_id')].map(customer_id => {
        const later = events.filter(
          e => e.customer_id === customer_id && e.kind === 'purchase' && e.ts >= '2020-05-19' && e.ts < '2020-07-08',
        )
        return {
          customer_id,
          future_value: later.reduce((sum, e) => sum + Math.round((e.amount ?? 0) * 100), 0) / 100,
          future_purchases: new Set(later.map(e => e.ts.slice(0, 10))).size,
          buys_again: later.length > 0,
        }
      })
      expectSameRows([...happened.rows()], wanted)
      expect(happened.when).toBe('outcome')
    }),
    { numRuns: 25, seed: 12 },
  )
})

test('the future is refused as a feature and the past as an outcome, at run time too', async () => {
  const observed = await memoryEvents([{ customer_id: 'a', ts: '2020-01-02', amount: 1 }], {
    observeFrom: '2020-01-01',
    cutoff: '2020-02-01',
  })
  const later = await memoryOutcome([], { cutoff: '2020-02-01', horizon: 10 })
  await expect(coreFeatures(later as never, { horizon: 10 })).rejects.toThrow(LeakageError)
  await expect(outcomes(observed as never, await coreFeatures(observed, { horizon: 10 }))).rejects.toThrow(LeakageError)
})

test('horizons and dates that are none are named', async () => {
  const observed = await memoryEvents([], { observeFrom: '2020-01-01', cutoff: '2020-02-01' })
  await expect(coreFeatures(observed, { horizon: 0 })).rejects.toThrow(UsageError)
  await expect(
    coreFeatures({ ...observed, window: { observeFrom: '2020-01-01', cutoff: "2020-02-30'; --" } }, { horizon: 5 }),
  ).rejects.toThrow(/no day/)
})

test('days worth billions, as in yen or rupees, are squared exactly', async () => {
  const events: MemoryEvent[] = [
    { customer_id: 'a', ts: '2020-01-01', amount: 1e9 },
    { customer_id: 'a', ts: '2020-01-11', amount: 3e9 },
    { customer_id: 'b', ts: '2020-01-02', amount: 99_999_999_999.25 },
    { customer_id: 'b', ts: '2020-01-03', amount: 99_999_999_999.25 },
  ]
  const table = await coreFeatures(await memoryEvents(events, { observeFrom: '2020-01-01', cutoff: '2020-02-01' }), {
    horizon: 10,
  })
  expect([...table.column('sd_spend')]).toEqual([Math.sqrt(2e18), 0])
  expect([...table.column('spend')]).toEqual([4e9, 199_999_999_998.5])
})
