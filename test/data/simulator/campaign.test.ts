import { describe, expect, it } from 'vitest'
import { planCampaigns } from '../../../lib/data/simulator/campaign.ts'
import type { History } from '../../../lib/data/simulator/history.ts'
import { checkOptions } from '../../../lib/data/simulator/check-options.ts'
import { simulate } from '../../../lib/data/simulator/truth/index.ts'

const days = ['2023-05-08', '2023-09-18', '2024-03-04', '2024-12-20']
const options = { customers: 6000, campaigns: { days, share: 0.5, window: 28 } }
const histories = simulate(options)
const plan = new Map(planCampaigns(checkOptions(options)).map(each => [each.day, each]))

function bought(history: History, day: string): { readonly orders: number; readonly value: number } {
  const { sent = 0, until = 0 } = plan.get(day) ?? {}
  const within = history.events.filter(({ kind, seconds }) => kind === 'purchase' && seconds >= sent && seconds < until)
  return {
    orders: new Set(within.map(({ orderId }) => orderId)).size,
    value: within.reduce((sum, { cents }) => sum + cents, 0) / 100,
  }
}

describe('campaigns', () => {
  it('happen as the truth of the arm drawn says: orders and value of the window', () => {
    const seen = { more: 0, less: 0 }
    for (const history of histories)
      for (const { day, assigned, purchases0, purchases1, value0, value1 } of history.campaigns) {
        const { orders, value } = bought(history, day)
        expect(orders).toBe(assigned ? purchases1 : purchases0)
        expect(value).toBeCloseTo(assigned ? value1 : value0, 6)
        if (purchases1 > purchases0) seen.more++
        if (purchases1 < purchases0) seen.less++
      }
    expect(seen.more).toBeGreaterThan(100)
    expect(seen.less).toBeGreaterThan(10)
  })

  it('move orders only in the direction of the uplift, and none of who has left', () => {
    for (const { person, campaigns } of histories)
      for (const { alive, purchases0, purchases1 } of campaigns) {
        const change = purchases1 - purchases0
        expect(change === 0 || Math.sign(change) === Math.sign(person.uplift)).toBe(true)
        expect(alive || change === 0).toBe(true)
      }
  })

  it('go by lot to half of those born before, each with one contact', () => {
    let assigned = 0
    let offered = 0
    for (const { birth, events, campaigns } of histories) {
      expect(campaigns.map(({ day }) => day)).toEqual(days.filter(day => birth < Date.parse(day) / 1000))
      expect(events.filter(({ kind }) => kind === 'contact').length).toBe(campaigns.filter(each => each.assigned).length)
      offered += campaigns.length
      assigned += campaigns.filter(each => each.assigned).length
    }
    expect(Math.abs(assigned / offered - 0.5)).toBeLessThan(3 * Math.sqrt(0.25 / offered))
  })
})
