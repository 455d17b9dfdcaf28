import { expm1, exp, type Random, Seed } from '../../numeric/index.ts'
import type { EventKind } from '../../schema/index.ts'
import { addDays, daysBetween, parseDay } from '../days.ts'
import { ShopClock } from './clock.ts'
import { arrivalTable, drawBirth, drawPages, drawPerson, drawRating, type Person } from './customer.ts'
import { exponential, gamma, poisson } from './distributions.ts'
import type { SimulatorOptions } from './options.ts'
import { drawLines, drawValue } from './order.ts'
import { reviewText } from './review-text.ts'

const DAY = 86_400

export interface SimulatedEvent {
  readonly customerId: string
  /** Seconds since 1970, UTC. */
  readonly seconds: number
  readonly kind: EventKind
  readonly cents: number
  /** Order within the customer, which breaks ties in time. */
  readonly sequence: number
  readonly orderId?: string
  readonly product?: string
  readonly category?: string
  readonly quantity?: number
  readonly rating?: number
  readonly text?: string
  readonly pages?: number
  readonly duration?: number
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

export interface HorizonTruth {
  readonly horizon: number
  /** Expected purchases after the cutoff, given the customer's own rates and being alive then; and without that knowledge. */
  readonly ifAlive: number
  readonly expected: number
}

export interface History {
  readonly id: string
  readonly person: Person
  readonly birth: number
  /** Second of dropout, null if alive at the end of the log. */
  readonly dropout: number | null
  readonly events: readonly SimulatedEvent[]
  readonly campaigns: readonly CampaignTruth[]
  readonly horizons: readonly HorizonTruth[]
}

/** Regenerates any customer of a data set alone: the numbers depend on the seed, the options and the position only. */
export class HistoryMaker {
  private readonly options: SimulatorOptions
  private readonly clock: ShopClock
  private readonly seed: Seed
  private readonly end: number
  private readonly starts: readonly number[]
  private readonly arrivals: Float64Array

  constructor(options: SimulatorOptions) {
    this.options = options
    const far = [options.to, ...options.horizons.map(horizon => addDays(options.cutoff, horizon))].sort().at(-1) as string
    this.clock = new ShopClock(options.from, far)
    this.seed = Seed.of(options.seed).child('customer')
    this.end = parseDay(options.to, 'to') / 1000
    this.starts = Array.from({ length: daysBetween(options.from, options.to) + 1 }, (_, i) => this.clock.at(this.clock.start + i * DAY))
    this.arrivals = arrivalTable(this.starts.slice(1).map((start, i) => start - (this.starts[i] as number)), options.growth)
  }

  customer(index: number): History {
    const seed = this.seed.child(index)
    const person = drawPerson(seed.child('person').random(), this.options)
    const random = seed.child('purchases').random()
    const born = drawBirth(random, this.arrivals, this.starts)
    const birth = Math.min(this.end - 1, this.clock.timeOf(born))
    const { times, death } = this.purchases(random, person, born)
    const leave = this.clock.timeOf(death)
    const dropout = leave < this.end ? leave : null
    const id = `C${String(index + 1).padStart(7, '0')}`
    const log = new Log(id)
    const values = seed.child('values').random()
    const orders = [birth, ...times].map(seconds => ({ seconds, cents: drawValue(values, this.options.spend.p, person.spendMean) }))
    const campaigns = this.campaigns(seed.child('campaigns').random(), person, birth, death, orders, log)
    this.shop(seed.child('orders').random(), person, orders, log)
    this.browse(seed.child('browsing').random(), person, birth, dropout ?? this.end, orders, log)
    return { id, person, birth, dropout, events: log.sorted(), campaigns, horizons: this.options.horizons.map(days => this.expectation(person, born, birth, days)) }
  }

  /** Repeat purchases in seconds, and dropout in shop weeks. */
  private purchases(random: Random, person: Person, born: number): { times: number[]; death: number } {
    const last = this.clock.at(this.end)
    const times: number[] = []
    let death = person.mu === null ? Infinity : born + exponential(random, Math.max(person.mu, 1e-300))
    for (let now = born + exponential(random, Math.max(person.lambda, 1e-300)); now < last && now < death; now += exponential(random, Math.max(person.lambda, 1e-300))) {
      times.push(Math.min(this.end - 1, this.clock.timeOf(now)))
      if (person.p !== null && random.uniform() < person.p) death = now
    }
    return { times, death }
  }

  private campaigns(random: Random, person: Person, birth: number, death: number, orders: { seconds: number; cents: number }[], log: Log): CampaignTruth[] {
    const { days, share, window } = this.options.campaigns
    const natural = [...orders]
    return days.flatMap(day => {
      const midnight = parseDay(day, 'campaign') / 1000
      const sent = midnight + 9 * 3600
      const assigned = random.uniform() < share
      const swayed = random.uniform() < person.uplift
      const place = random.uniform()
      const cents = drawValue(random, this.options.spend.p, person.spendMean)
      if (birth >= midnight) return []
      const alive = this.clock.at(sent) < death
      const until = Math.min(sent + window * DAY, this.end, this.clock.timeOf(death))
      const own = natural.filter(order => order.seconds >= sent && order.seconds < sent + window * DAY)
      const value0 = own.reduce((sum, order) => sum + order.cents, 0)
      const extra = alive && swayed
      if (assigned) {
        log.add(sent, 'contact', 0, {})
        if (extra) orders.push({ seconds: Math.floor(sent + place * (until - sent)), cents })
      }
      return [{ day, assigned, alive, purchases0: own.length, purchases1: own.length + (extra ? 1 : 0), value0: value0 / 100, value1: (value0 + (extra ? cents : 0)) / 100 }]
    })
  }

  /** Order lines, returns 3 to 25 days later, reviews 2 to 20 days later; both may come after dropout, none after the log's end. */
  private shop(random: Random, person: Person, orders: { seconds: number; cents: number }[], log: Log): void {
    orders.sort((a, b) => a.seconds - b.seconds).forEach((order, i) => {
      const orderId = `${log.id}-${i + 1}`
      const lines = drawLines(random, order.cents, order.seconds, person.favourite)
      for (const { category, product, quantity, cents } of lines) {
        const line = { orderId, product: product.id, category: category.name, quantity }
        log.add(order.seconds, 'purchase', cents, line)
        const back = order.seconds + Math.floor((3 + 22 * random.uniform()) * DAY)
        if (random.uniform() < category.returned && back < this.end) log.add(back, 'return', -cents, line)
      }
      const said = order.seconds + Math.floor((2 + 18 * random.uniform()) * DAY)
      if (random.uniform() < 0.12 && said < this.end) {
        const rating = drawRating(random, person.hazard)
        const { category, product } = lines[0] as (typeof lines)[number]
        log.add(said, 'review', 0, { orderId, product: product.id, category: category.name, rating, text: reviewText(random, rating, category.name) })
      }
    })
  }

  /** Sessions in the week before each purchase, and idle ones while alive. */
  private browse(random: Random, person: Person, birth: number, last: number, orders: readonly { seconds: number }[], log: Log): void {
    const visit = (seconds: number): void => {
      const pages = drawPages(random)
      const duration = Math.round(gamma(random, 2 * pages, 1 / 25))
      if (seconds >= birth && seconds < last) log.add(seconds, 'browse', 0, { pages: Math.min(pages, 200), duration: Math.min(duration, 7200) })
    }
    for (const order of orders) for (let n = poisson(random, 1.3); n > 0; n--) visit(Math.floor(order.seconds - 60 - exponential(random, 1 / (1.5 * DAY))))
    const rate = 0.01 + 0.8 * Math.min(person.lambda, 2)
    const until = Math.min(this.clock.at(last), this.clock.at(this.end))
    for (let now = this.clock.at(birth) + exponential(random, rate); now < until; now += exponential(random, rate)) visit(this.clock.timeOf(now))
  }

  /** E[purchases in the horizon] = (λ/h)(1 - e^{-hτ}) for hazard h and τ shop weeks, plus what campaigns bring. */
  private expectation(person: Person, born: number, birth: number, horizon: number): HorizonTruth {
    const { cutoff, to, campaigns } = this.options
    const begin = parseDay(cutoff, 'cutoff') / 1000
    const until = begin + horizon * DAY
    const start = this.clock.at(begin)
    const { hazard, lambda } = person
    const tau = this.clock.at(until) - start
    let ifAlive = hazard * tau < 1e-12 ? lambda * tau : (lambda / hazard) * -expm1(-hazard * tau)
    for (const day of campaigns.days) {
      const sent = parseDay(day, 'campaign') / 1000 + 9 * 3600
      if (sent >= begin && sent < until && day < to) ifAlive += campaigns.share * person.uplift * exp(-hazard * (this.clock.at(sent) - start))
    }
    if (birth >= begin) return { horizon, ifAlive: NaN, expected: NaN }
    return { horizon, ifAlive, expected: ifAlive * exp(-hazard * (start - born)) }
  }
}

class Log {
  readonly id: string
  private readonly events: SimulatedEvent[] = []

  constructor(id: string) {
    this.id = id
  }

  add(seconds: number, kind: EventKind, cents: number, more: Partial<SimulatedEvent>): void {
    this.events.push({ customerId: this.id, seconds, kind, cents, sequence: this.events.length, ...more })
  }

  sorted(): readonly SimulatedEvent[] {
    return this.events.sort((a, b) => a.seconds - b.seconds || a.sequence - b.sequence)
  }
}
