import * as fc from 'fast-check'
import type { MemoryEvent } from '../support/memory-events.ts'

/**
 * Event logs of up to `length` events of five customers over 220 days from 2020-01-01: many on one day, returns, exact
 * midnights.
 */
export function eventLogs(length = 60): fc.Arbitrary<MemoryEvent[]> {
  const event = fc.record({
    customer_id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    day: fc.oneof(fc.integer({ min: 0, max: 219 }), fc.constantFrom(0, 19, 20, 109, 139, 169, 192, 193, 198, 199, 200)),
    time: fc.constantFrom('00:00:00', '09:30:15', '23:59:59'),
    kind: fc.constantFrom('purchase', 'purchase', 'purchase', 'return'),
    cents: fc.integer({ min: 0, max: 20_000_000 }),
  })
  return fc
    .array(event, { maxLength: length })
    .map(events =>
      events.map(({ customer_id, day, time, kind, cents }) => ({
        customer_id,
        ts: `${new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10)} ${time}`,
        kind: kind as 'purchase' | 'return',
        amount: (kind === 'return' ? -cents : cents) / 100,
      })),
    )
}
