import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { LeakageError, SchemaError, UsageError } from '../../lib/errors/index.ts'
import { weeklySeries } from '../../lib/features/index.ts'
import { memoryEvents, memoryOutcome } from '../support/memory-events.ts'
import { eventLogs } from './event-arbitrary.ts'

const window = { observeFrom: '2020-01-01', cutoff: '2020-02-01' }

test('the last week holds the seven days before the cutoff', async () => {
  const observed = await memoryEvents(
    [
      { customer_id: 'a', ts: '2020-01-31 23:59:59', amount: 1 },
      { customer_id: 'a', ts: '2020-01-25 00:00:00', amount: 2 },
      { customer_id: 'a', ts: '2020-01-25 12:00:00', amount: 3 },
      { customer_id: 'a', ts: '2020-01-24', amount: 4 },
      { customer_id: 'a', ts: '2020-01-24', kind: 'return', amount: -4 },
      { customer_id: 'b', ts: '2020-01-01', amount: 9 },
      { customer_id: 'only-returns', ts: '2020-01-24', kind: 'return', amount: -4 },
    ],
    { ...window, capabilities: ['returns'] },
  )
  const series = await weeklySeries(observed, { weeks: 2 })
  expect(series.customers).toEqual(['a', 'b'])
  expect(series.channels).toEqual(['purchases', 'spend', 'returned'])
  expect([...series.of('a')]).toEqual([1, 4, 4, 2, 6, 0])
  expect([...series.of('b')]).toEqual([0, 0, 0, 0, 0, 0])
  expect(() => series.of('c')).toThrow(SchemaError)
})

test('weeks equal a naive sum over days', async () => {
  await fc.assert(
    fc.asyncProperty(eventLogs(), async events => {
      const cutoff = Date.parse('2020-07-19')
      const series = await weeklySeries(await memoryEvents(events, { observeFrom: '2020-01-01', cutoff: '2020-07-19' }), {
        weeks: 9,
      })
      const wanted = new Float32Array(series.customers.length * 9 * 2)
      series.customers.forEach((id, c) => {
        for (let w = 0; w < 9; w++) {
          const inside = events.filter(e => {
            const ago = (cutoff - Date.parse(e.ts.slice(0, 10))) / 86_400_000
            return e.customer_id === id && e.kind === 'purchase' && ago > (8 - w) * 7 && ago <= (9 - w) * 7
          })
          wanted[(c * 9 + w) * 2] = new Set(inside.map(e => e.ts.slice(0, 10))).size
          wanted[(c * 9 + w) * 2 + 1] = inside.reduce((sum, e) => sum + Math.round((e.amount ?? 0) * 100), 0) / 100
        }
      })
      expect(series.data).toEqual(wanted)
    }),
    { numRuns: 20, seed: 6 },
  )
})

test('errors', async () => {
  const observed = await memoryEvents([], window)
  await expect(weeklySeries(observed, { weeks: 0 })).rejects.toThrow(UsageError)
  await expect(
    weeklySeries((await memoryOutcome([], { cutoff: '2020-02-01', horizon: 3 })) as never, { weeks: 1 }),
  ).rejects.toThrow(LeakageError)
})
