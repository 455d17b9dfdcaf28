import { expect, test } from 'vitest'
import { SchemaError } from '../../lib/errors/index.ts'
import { coreFeatures, isWeekColumn, weeksIn, withWeeks } from '../../lib/features/index.ts'
import { memoryEvents } from '../support/memory-events.ts'

const events = [
  { customer_id: 'b', ts: '2020-01-31', amount: 1 },
  { customer_id: 'b', ts: '2020-01-24', amount: 4 },
  { customer_id: 'a', ts: '2020-01-23', amount: 9 },
  { customer_id: 'a', ts: '2020-01-22', amount: 2 },
]

test('what each week held stands beside the core features, week 1 being the last before the cutoff', async () => {
  const observed = await memoryEvents(events, { observeFrom: '2020-01-01', cutoff: '2020-02-01' })
  const [plain, table] = [
    await coreFeatures(observed, { horizon: 10 }),
    await withWeeks(coreFeatures, { weeks: 2 })(observed, { horizon: 10 }),
  ]
  const column = (name: string): readonly number[] => [...table.column(name as 'spend')]
  expect(table.names.slice(0, plain.names.length)).toEqual(plain.names)
  expect(table.column('customer_id')).toEqual(['a', 'b'])
  expect(['week_1_purchases', 'week_1_spend', 'week_2_purchases', 'week_2_spend'].map(column)).toEqual([
    [0, 1],
    [0, 1],
    [2, 1],
    [11, 4],
  ])
  expect(weeksIn(table)).toEqual({ weeks: 2, channels: ['purchases', 'spend'] })
  expect(() => weeksIn(plain)).toThrow(SchemaError)
})

test('channels that the log knows come along', async () => {
  const observed = await memoryEvents([...events, { customer_id: 'b', ts: '2020-01-30', kind: 'return', amount: -1 }], {
    observeFrom: '2020-01-01',
    cutoff: '2020-02-01',
    capabilities: ['returns'],
  })
  const table = await withWeeks(coreFeatures, { weeks: 1 })(observed, { horizon: 10 })
  expect([...table.column('week_1_returned' as 'spend')]).toEqual([0, 1])
  expect(weeksIn(table).channels).toEqual(['purchases', 'spend', 'returned'])
})

test('a week column is told by its name', () => {
  expect(['week_1_spend', 'week_26_sessions', 'spend_90', 'week_spend', 'week_1_colour'].map(isWeekColumn)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})
