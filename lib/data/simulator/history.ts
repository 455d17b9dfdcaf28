import { exponential, type Random, Seed } from '../../numeric/index.ts'
import { addDays, daysBetween, parseDay } from '../days.ts'
import { browse } from './browsing.ts'
import { type Campaign, type CampaignTruth, DAY, planCampaigns, runCampaigns } from './campaign.ts'
import { ShopClock } from './clock.ts'
import { arrivalTable, drawBirth, drawPerson, type Person } from './customer.ts'
import { CustomerLog, type Order, type SimulatedEvent } from './customer-log.ts'
import { Expectation, type HorizonTruth } from './expectation.ts'
import type { SimulatorOptions } from './options.ts'
import { drawValue } from './order.ts'
import { shop } from './shopping.ts'

const NEVER = 1e-300

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
  private readonly plan: readonly Campaign[]
  private readonly expectation: Expectation

  constructor(options: SimulatorOptions) {
    this.options = options
    const far = [options.to, ...options.horizons.map(horizon => addDays(options.cutoff, horizon))].sort().at(-1) as string
    this.clock = new ShopClock(options.from, far)
    this.seed = Seed.of(options.seed).child('customer')
    this.end = parseDay(options.to, 'to') / 1000
    this.starts = Array.from({ length: daysBetween(options.from, options.to) + 1 }, (_, i) =>
      this.clock.at(this.clock.start + i * DAY),
    )
    this.arrivals = arrivalTable(
      this.starts.slice(1).map((start, i) => start - (this.starts[i] as number)),
      options.growth,
    )
    this.plan = planCampaigns(options)
    this.expectation = new Expectation(options, this.clock, this.plan)
  }

  /** The customer at a position, from 0. */
  customer(index: number): History {
    const { options, clock, end } = this
    const seed = this.seed.child(index)
    const log = new CustomerLog(`C${String(index + 1).padStart(7, '0')}`)
    const person = drawPerson(seed.child('person').random(), options)
    const random = seed.child('purchases').random()
    const born = drawBirth(random, this.arrivals, this.starts)
    const birth = Math.min(end - 1, clock.timeOf(born))
    const { times, death } = this.purchases(random, person, born)
    const leave = clock.timeOf(death)
    const dropout = leave < end ? leave : null
    const values = seed.child('values').random()
    const orders: Order[] = [birth, ...times].map(seconds => ({
      seconds,
      cents: drawValue(values, options.spend.p, person.spendMean),
    }))
    const campaigns = runCampaigns(
      seed.child('campaigns').random(),
      this.plan,
      options,
      person,
      { birth, death: leave, end },
      orders,
      log,
    )
    orders.sort((a, b) => a.seconds - b.seconds)
    shop(seed.child('orders').random(), person, end, orders, log)
    browse(seed.child('browsing').random(), clock, person, birth, dropout ?? end, orders, log)
    return {
      id: log.id,
      person,
      birth,
      dropout,
      events: log.sorted(),
      campaigns,
      horizons: this.expectation.of(person, born, birth),
    }
  }

  /** Repeat purchases in seconds, and dropout in shop weeks. */
  private purchases(random: Random, person: Person, born: number): { readonly times: readonly number[]; readonly death: number } {
    const last = this.clock.at(this.end)
    const times: number[] = []
    const gap = (): number => exponential(random, Math.max(person.lambda, NEVER))
    let death = person.mu === null ? Infinity : born + exponential(random, Math.max(person.mu, NEVER))
    for (let now = born + gap(); now < last && now < death; now += gap()) {
      times.push(Math.min(this.end - 1, this.clock.timeOf(now)))
      if (person.p !== null && random.uniform() < person.p) death = now
    }
    return { times, death }
  }
}
