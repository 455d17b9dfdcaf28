import { exp, expm1 } from '../../numeric/index.ts'
import { parseDay } from '../days.ts'
import { type Campaign, DAY } from './campaign.ts'
import type { ShopClock } from './clock.ts'
import type { Person } from './customer.ts'
import type { SimulatorOptions } from './options.ts'

export interface HorizonTruth {
  readonly horizon: number
  /** Expected purchases after the cutoff, given the customer's own rates and being alive then; and without that knowledge. */
  readonly ifAlive: number
  readonly expected: number
}

interface Influence {
  readonly midnight: number
  /** Shop weeks after the cutoff in the middle of each day of the window that lies in the horizon, and that day's share of the window. */
  readonly moments: readonly number[]
  readonly weights: readonly number[]
  /** Shop weeks: of the window before the cutoff, from the cutoff to its start, and of the part in the horizon. */
  readonly before: number
  readonly wait: number
  readonly length: number
}

interface Horizon {
  readonly horizon: number
  readonly tau: number
  readonly influences: readonly Influence[]
}

/** The closed forms of what a customer of known rates buys after the cutoff. */
export class Expectation {
  private readonly share: number
  private readonly begin: number
  private readonly start: number
  private readonly horizons: readonly Horizon[]

  constructor(options: SimulatorOptions, clock: ShopClock, plan: readonly Campaign[]) {
    this.share = options.campaigns.share
    this.begin = parseDay(options.cutoff, 'cutoff') / 1000
    this.start = clock.at(this.begin)
    const end = parseDay(options.to, 'to') / 1000
    this.horizons = options.horizons.map(horizon => {
      const until = this.begin + horizon * DAY
      const influences = plan.flatMap(campaign => this.influence(clock, campaign, Math.min(until, end)))
      return { horizon, tau: clock.at(until) - this.start, influences }
    })
  }

  /** E[purchases in the horizon | alive] = (λ/h)(1 - e^{-hτ}) for hazard h and τ shop weeks, plus or minus what campaigns do. */
  of(person: Person, born: number, birth: number): readonly HorizonTruth[] {
    return this.horizons.map(({ horizon, tau, influences }) => {
      if (birth >= this.begin) return { horizon, ifAlive: NaN, expected: NaN }
      const { hazard, lambda } = person
      let ifAlive = hazard * tau < 1e-12 ? lambda * tau : (lambda / hazard) * -expm1(-hazard * tau)
      for (const influence of influences) if (birth < influence.midnight) ifAlive += this.share * effect(person, influence)
      return { horizon, ifAlive, expected: ifAlive * exp(-hazard * (this.start - born)) }
    })
  }

  private influence(clock: ShopClock, { midnight, sent, until }: Campaign, end: number): readonly Influence[] {
    const [from, to] = [Math.max(sent, this.begin), Math.min(until, end)]
    if (from >= to) return []
    const moments: number[] = []
    const weights: number[] = []
    for (let at = from; at < to; at += DAY) {
      const next = Math.min(at + DAY, to)
      moments.push((clock.at(at) + clock.at(next)) / 2 - this.start)
      weights.push((next - at) / (until - sent))
    }
    const [opened, first, last] = [clock.at(Math.min(sent, from)), clock.at(from), clock.at(to)]
    return [{ midnight, moments, weights, before: first - opened, wait: first - this.start, length: last - first }]
  }
}

/**
 * Orders that a contact brings or keeps away within the horizon, for one alive at the cutoff. Brought: uplift times the mean of
 * P(alive) over the window, by the middle of each day. Kept away: -uplift times P(the window's first order lies in the horizon).
 */
function effect({ uplift, lambda, hazard, p }: Person, { moments, weights, before, wait, length }: Influence): number {
  if (uplift >= 0) return uplift * moments.reduce((sum, moment, i) => sum + (weights[i] as number) * exp(-hazard * moment), 0)
  const none = exp(-lambda * (1 - (p ?? 0)) * before)
  const rate = p === null ? lambda + hazard : lambda
  const some = rate * length < 1e-12 ? lambda * length : (lambda / rate) * -expm1(-rate * length)
  return uplift * none * exp(-hazard * wait) * some
}
