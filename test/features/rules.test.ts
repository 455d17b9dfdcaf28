import { describe, expect, it } from 'vitest'
import { brokenRules, type CoreRow } from '../../lib/features/index.ts'
import { Table } from '../../lib/schema/index.ts'
import { coreRow } from '../models/generative/bought.ts'

const customer = coreRow(
  'a',
  [
    { ago: 80, spend: 20 },
    { ago: 50, spend: 5 },
    { ago: 4, spend: 15 },
  ],
  100,
  50,
)
const table = (...rows: readonly CoreRow[]): Table<CoreRow> => Table.fromRows<CoreRow>(rows, Object.keys(customer) as never)
const broken = (change: Partial<CoreRow>): readonly string[] => Object.keys(brokenRules(table({ ...customer, ...change })).rules)

describe('the rules of customers', () => {
  it('hold of one whose features follow from purchases', () => {
    expect(brokenRules(table(customer))).toEqual({ customers: 0, rules: {} })
  })

  it.each([
    ['recency beyond T', { recency: 90 }, 'recency is no more than T'],
    ['a longer break than that', { days_since_last: 5 }, 'days_since_last is T - recency'],
    ['spend of nobody', { purchases_7: 0 }, 'nobody spends in 7 days without a purchase'],
    ['a month larger than the whole', { spend_30: 41 }, 'spend_30 is no more than spend'],
    ['a month larger than two', { spend_30: 25 }, 'spend_30 is no more than spend_60'],
    ['more in a week than in a month', { purchases_7: 2 }, 'purchases_7 is no more than purchases_30'],
    ['a mean that is none', { mean_spend: 13 }, 'mean_spend is spend by purchase'],
    ['a gap without a repeat', { frequency: 0 }, 'median_gap and sd_gap are there for enough gaps alone'],
    ['a largest purchase below the first', { max_spend: 19 }, 'first_spend is no more than max_spend'],
    ['another trend', { spend_trend: 1 }, 'spend_trend is (spend_30 - (spend_90 - spend_60)) / 2'],
  ] as const)('tell %s', (_, change, rule) => {
    expect(broken(change)).toContain(rule)
  })

  it('count customers once, and leave out what is said of absent columns', () => {
    const two = table(customer, { ...customer, customer_id: 'b', recency: 90, spend_30: 41 })
    expect(brokenRules(two).customers).toBe(1)
    expect(brokenRules(two).rules['recency is no more than T']).toBe(1)
    expect(brokenRules(two.drop('T', 'spend_30', 'mean_gap', 'days_since_last') as never).customers).toBe(0)
  })
})
