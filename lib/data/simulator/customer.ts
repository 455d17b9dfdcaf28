import { beta, categorical, exp, gamma, log, normal, pow, type Random } from '../../numeric/index.ts'
import { CATALOGUE } from './catalogue.ts'
import type { SimulatorOptions } from './options.ts'

/** Coefficients on log λ, log μ (log odds of p), log mean spend and the uplift itself; age and income are standardised. */
export const CHANNELS = [
  { name: 'organic', share: 0.3, cost: 0, purchase: 0.1, dropout: -0.1, spend: 0, uplift: -0.05 },
  { name: 'search', share: 0.25, cost: 9, purchase: 0, dropout: 0, spend: 0.05, uplift: 0 },
  { name: 'social', share: 0.2, cost: 6, purchase: -0.25, dropout: 0.35, spend: -0.15, uplift: 0.06 },
  { name: 'referral', share: 0.13, cost: 5, purchase: 0.3, dropout: -0.3, spend: 0.1, uplift: -0.03 },
  { name: 'affiliate', share: 0.12, cost: 12, purchase: -0.15, dropout: 0.25, spend: 0, uplift: 0.03 },
] as const
export const AGE = { purchase: 0.12, dropout: -0.15, spend: 0.08, uplift: -0.03 } as const
export const INCOME = { purchase: 0.1, dropout: -0.05, spend: 0.3, uplift: 0.02 } as const
export const COUNTRIES = [
  ['GB', 0.55],
  ['DE', 0.18],
  ['FR', 0.15],
  ['NL', 0.07],
  ['IE', 0.05],
] as const

/** A customer before anything has happened: what a shop may know, and what it cannot. */
export interface Person {
  readonly age: number
  /** Yearly, as known to the shop: missing for one in sixteen. */
  readonly income: number | null
  readonly country: string
  readonly channel: string
  readonly acquisitionCost: number
  readonly lambda: number
  /** Hazard of dropout per shop week: μ, or λp for BG/NBD, whose time to dropout is exponential with it too. */
  readonly hazard: number
  readonly mu: number | null
  readonly p: number | null
  readonly spendMean: number
  /** Probability that a contact brings one more order; negative for those whom it may keep from one. */
  readonly uplift: number
  readonly favourite: number
}

export function drawPerson(random: Random, options: SimulatorOptions): Person {
  let age = 0
  while (age < 18 || age > 85) age = Math.round(42 + 13 * normal(random))
  const x = (age - 42) / 13
  const y = normal(random)
  const income = Math.round((34_000 * exp(0.45 * y + 0.1 * x)) / 100) * 100
  const channel = CHANNELS[
    categorical(
      random,
      CHANNELS.map(entry => entry.share),
    )
  ] as (typeof CHANNELS)[number]
  const country = (
    COUNTRIES[
      categorical(
        random,
        COUNTRIES.map(entry => entry[1]),
      )
    ] as readonly [string, number]
  )[0]
  const cost = Math.round(channel.cost * (60 + 80 * random.uniform())) / 100
  const known = random.uniform() >= 1 / 16
  const effect = (name: 'purchase' | 'dropout' | 'spend' | 'uplift'): number =>
    options.covariates * (channel[name] + AGE[name] * x + INCOME[name] * y)
  const lambda = gamma(random, options.r, options.alpha) * exp(effect('purchase'))
  const { p: shape, q, gamma: scale } = options.spend
  const spendMean = (shape / gamma(random, q, scale)) * exp(effect('spend'))
  const odds = exp(effect('dropout'))
  let mu: number | null = null
  let p: number | null = null
  if (options.process === 'pareto-nbd') mu = gamma(random, options.s, options.beta) * odds
  else {
    const base = beta(random, options.a, options.b)
    p = (base * odds) / (1 - base + base * odds)
  }
  const uplift = Math.max(-0.3, Math.min(0.4, 0.06 + effect('uplift') + 0.07 * normal(random)))
  return {
    age,
    income: known ? income : null,
    country,
    channel: channel.name,
    acquisitionCost: cost,
    lambda,
    mu,
    p,
    hazard: mu ?? lambda * (p ?? 0),
    spendMean,
    uplift,
    favourite: random.integer(CATALOGUE.length),
  }
}

/** Days of birth are drawn from this table: arrivals grow exponentially and follow the shop's clock. */
export function arrivalTable(weights: readonly number[], growth: number): Float64Array {
  const rate = log(growth) / weights.length
  const table = new Float64Array(weights.length + 1)
  weights.forEach((weight, i) => {
    table[i + 1] = (table[i] as number) + weight * exp(rate * i)
  })
  return table
}

/** A birth in shop weeks: the day by the arrival table, the moment within the day evenly on the shop's clock. */
export function drawBirth(random: Random, table: Float64Array, starts: readonly number[]): number {
  const target = random.uniform() * (table[table.length - 1] as number)
  let low = 0
  let high = table.length - 1
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if ((table[middle] as number) <= target) low = middle
    else high = middle
  }
  const start = starts[low] as number
  return start + random.uniform() * ((starts[low + 1] as number) - start)
}

/** Ratings fall with the tendency to leave: 1 to 5. */
export function drawRating(random: Random, hazard: number): number {
  const unease = Math.max(-1.5, Math.min(1.5, 0.5 * log(Math.max(hazard, 1e-9) / 0.05)))
  return Math.max(1, Math.min(5, Math.round(4.1 - 0.5 * unease + 0.9 * normal(random))))
}

/** Sessions are longer the more pages they have. */
export const drawPages = (random: Random): number => 1 + Math.floor(pow(1 - random.uniform(), -0.7) * 2)
