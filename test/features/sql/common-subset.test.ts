import { expect, test } from 'vitest'
import { allFeatures, categoryShares, outcomes, weeklySeries } from '../../../lib/features/index.ts'
import type { Capability, ObservedEvents, OutcomeEvents } from '../../../lib/schema/index.ts'
import { memoryEvents, memoryOutcome } from '../../support/memory-events.ts'

const CAPABILITIES: Capability[] = [
  'products',
  'quantities',
  'returns',
  'browsing',
  'reviews',
  'channel',
  'cost',
  'demographics',
  'country',
  'campaigns',
]

/** The same events, writing down every query. */
function listened<E extends ObservedEvents<Capability> | OutcomeEvents>(events: E, queries: string[]): E {
  return Object.assign(Object.create(events) as E, {
    query: async (sql: string) => {
      queries.push(sql)
      return await events.query(sql)
    },
  })
}

test('all feature SQL stays in the part that DuckDB and Trino share', async () => {
  const queries: string[] = []
  const bought = [{ customer_id: 'a', ts: '2020-01-05', amount: 3 }]
  const observed = listened(
    await memoryEvents(bought, { observeFrom: '2020-01-01', cutoff: '2020-02-01', capabilities: CAPABILITIES }),
    queries,
  )
  const { table } = await allFeatures(observed, { horizon: 10 })
  await categoryShares(observed, ["baker's"])
  await weeklySeries(observed, { weeks: 3 })
  await outcomes(listened(await memoryOutcome(bought, { cutoff: '2020-02-01', horizon: 10 }), queries), table)
  expect(queries.length).toBeGreaterThanOrEqual(15)
  const foreign =
    /::|\b(?:qualify|exclude|replace|median|avg|list|quantile\w*|strftime|ilike|struct_\w+)\b\s*\(?|group by all|order by all|date_diff\('day', ts/i
  expect(queries.filter(sql => foreign.test(sql))).toEqual([])
})
