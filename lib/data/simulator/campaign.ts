import type { Random } from '../../numeric/index.ts'
import { parseDay } from '../days.ts'
import type { Person } from './customer.ts'
import type { CustomerLog, Order } from './customer-log.ts'
import type { SimulatorOptions } from './options.ts'
import { drawValue } from './order.ts'

export const DAY = 86_400

export interface Campaign {
  readonly day: string
  /** Seconds since 1970: customers born before `midnight` may be contacted, at `sent`; its effect lies in [sent, until). */
  readonly midnight: number
  readonly sent: number
  readonly until: number
}

/** What one campaign does to one customer, with and without a contact. Purchases and value are those of its window. */
export interface CampaignTruth {
  readonly day: string
  readonly assigned: boolean
  readonly alive: boolean
  readonly purchases0: number
  readonly purchases1: number
  readonly value0: number
  readonly value1: number
}

export interface Life {
  readonly birth: number
  /** Seconds; Infinity for who leaves after all that is simulated. */
  readonly death: number
  /** The log's end. */
  readonly end: number
}

export function planCampaigns({ campaigns: { days, window } }: SimulatorOptions): readonly Campaign[] {
  return days.map(day => {
    const midnight = parseDay(day, 'campaigns.days') / 1000
    const sent = midnight + 9 * 3600
    return { day, midnight, sent, until: sent + window * DAY }
  })
}

/**
 * Contacts customers by lot. A contact brings one more order with probability `uplift`, at a moment that is even over the window (none
 * comes of it when the customer has left by then, or the log ends); where uplift is negative it keeps the window's first order away
 * with probability -uplift. Neither touches the process of purchases and dropout. Changes `orders`.
 */
export function runCampaigns(
  random: Random,
  plan: readonly Campaign[],
  options: SimulatorOptions,
  person: Person,
  life: Life,
  orders: Order[],
  log: CustomerLog,
): readonly CampaignTruth[] {
  const natural = [...orders]
  const truths: CampaignTruth[] = []
  for (const { day, midnight, sent, until } of plan) {
    const assigned = random.uniform() < options.campaigns.share
    const swayed = random.uniform() < Math.abs(person.uplift)
    const moment = Math.floor(sent + random.uniform() * (until - sent))
    const cents = drawValue(random, options.spend.p, person.spendMean)
    if (life.birth >= midnight) continue
    const own = natural.filter(order => order.seconds >= sent && order.seconds < until)
    const more = swayed && person.uplift > 0 && moment < Math.min(life.death, life.end) ? { seconds: moment, cents } : undefined
    const less = swayed && person.uplift < 0 ? own[0] : undefined
    if (assigned) {
      log.add(sent, 'contact', 0, {})
      if (more !== undefined) orders.push(more)
      if (less !== undefined) orders.splice(orders.indexOf(less), 1)
    }
    const value0 = own.reduce((sum, order) => sum + order.cents, 0)
    const value1 = value0 + (more?.cents ?? 0) - (less?.cents ?? 0)
    const purchases1 = own.length + (more === undefined ? 0 : 1) - (less === undefined ? 0 : 1)
    truths.push({
      day,
      assigned,
      alive: sent < life.death,
      purchases0: own.length,
      purchases1,
      value0: value0 / 100,
      value1: value1 / 100,
    })
  }
  return truths
}
