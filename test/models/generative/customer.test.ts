import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brokenRules, type CoreRow } from '../../../lib/features/index.ts'
import { customerOf } from '../../../lib/models/generative/customer.ts'
import { apart, sharedBy, together } from '../../../lib/models/generative/customer-table.ts'
import { player, recorder, type Parts } from '../../../lib/models/generative/coder.ts'
import { CORE } from '../../../lib/models/generative/known.ts'
import { Table } from '../../../lib/schema/index.ts'
import { madeTask } from '../tiny-task.ts'
import { boughtTask, coreRow, type Purchases } from './bought.ts'

const HISTORY = 250
const purchases: fc.Arbitrary<Purchases> = fc
  .uniqueArray(fc.integer({ min: 0, max: HISTORY - 1 }), { minLength: 1, maxLength: 12 })
  .chain(days =>
    fc.tuple(
      ...days.map(ago =>
        fc.record({ ago: fc.constant(ago), spend: fc.integer({ min: 1, max: 20000 }).map(cents => cents / 100) }),
      ),
    ),
  )
const lastPeriod = fc.integer({ min: 1, max: HISTORY })
const table = (row: CoreRow): Table<CoreRow> => Table.fromRows<CoreRow>([row], Object.keys(row) as never)

describe('a customer', () => {
  it('comes back from their parts as they were, wherever in its room a part is put', () => {
    fc.assert(
      fc.property(purchases, lastPeriod, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (bought, period, spread) => {
        const row = coreRow('a', bought, HISTORY, period)
        const shared = { history: HISTORY, last_period: period }
        const coder = recorder(1, () => spread)
        customerOf(coder, name => row[name], shared)
        const back = customerOf(player(coder.parts), () => NaN, shared)
        for (const name of CORE) {
          if (Number.isNaN(row[name])) expect(back[name], name).toBeNaN()
          else expect(Math.abs(back[name] - row[name]), name).toBeLessThan(1e-6 * (1 + Math.abs(row[name])))
        }
      }),
      { numRuns: 500 },
    )
  })

  it('obeys every rule, whatever the parts', () => {
    const names = [...recorded().keys()]
    const place = fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true }))
    fc.assert(
      fc.property(
        fc.tuple(...names.map(() => place)),
        fc.integer({ min: 0, max: 300 }),
        fc.double({ min: 0, max: 1000, noNaN: true }),
        lastPeriod,
        (places, frequency, mean, period) => {
          const parts = new Map(names.map((name, i) => [name, Float64Array.of(places[i] as number)]))
          parts.set('frequency', Float64Array.of(frequency)).set('mean_spend', Float64Array.of(mean))
          const row = customerOf(player(parts), () => NaN, { history: HISTORY, last_period: period })
          expect(brokenRules(table({ customer_id: 'a', ...row })).rules).toEqual({})
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('of known purchases obeys every rule too', () => {
    fc.assert(
      fc.property(purchases, lastPeriod, (bought, period) => {
        expect(brokenRules(table(coreRow('a', bought, HISTORY, period))).rules).toEqual({})
      }),
    )
  })
})

describe('a table of customers', () => {
  it('is told by what they share when they are possible ones, and is taken column by column when they are not', () => {
    expect(sharedBy(boughtTask(50).customers)).toEqual({ history: 200, last_period: 75 })
    expect(sharedBy(madeTask(50).task.customers)).toBeUndefined()
    expect(sharedBy(boughtTask(50).customers.drop('max_spend') as never)).toBeUndefined()
  })

  it('keeps its other columns, and where they have gaps', () => {
    const own = boughtTask(40).customers.derive({ visits: row => (row.frequency > 3 ? NaN : row.frequency * 2) })
    const names = own.numericNames() as readonly string[]
    const shared = sharedBy(own as never)
    const taking = { names, views: false, ...(shared === undefined ? {} : { shared }) }
    const back = together(
      apart(own as never, taking, () => 0.3),
      taking,
      own.length,
    )
    expect([...(back.get('visits') ?? [])]).toEqual([...own.column('visits')])
    expect([...back.keys()]).toEqual(names)
  })
})

function recorded(): Parts {
  const coder = recorder(1, () => 0.5)
  const row = coreRow('a', [{ ago: 3, spend: 1 }], HISTORY, 90)
  customerOf(coder, name => row[name], { history: HISTORY, last_period: 90 })
  return coder.parts
}
