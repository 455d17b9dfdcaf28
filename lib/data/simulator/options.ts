import { UsageError } from '../../errors/index.ts'
import { daysBetween, parseDay } from '../days.ts'

/** What is simulated; `datasets/simulated.md` has the formulas. Rates are per week of the shop's clock. */
export interface SimulatorOptions {
  readonly customers: number
  readonly seed: number
  readonly process: 'pareto-nbd' | 'bg-nbd'
  /** First day of the log and first day not in it, `YYYY-MM-DD`. */
  readonly from: string
  readonly to: string
  /** The day for which truth is stated, and the horizons after it, in days. */
  readonly cutoff: string
  readonly horizons: readonly number[]
  /** λ ~ Gamma(r, α); μ ~ Gamma(s, β) for Pareto/NBD, p ~ Beta(a, b) for BG/NBD. */
  readonly r: number
  readonly alpha: number
  readonly s: number
  readonly beta: number
  readonly a: number
  readonly b: number
  /** Order value ~ Gamma(p, ν), ν ~ Gamma(q, γ), in money. */
  readonly spend: { readonly p: number; readonly q: number; readonly gamma: number }
  /** Arrivals at the end of the log, as a multiple of those at its start. */
  readonly growth: number
  /** Scales all covariate coefficients; 0 switches covariates off. */
  readonly covariates: number
  /** Days on which a campaign goes out, the share of customers it is sent to by lot, and the days in which its orders come. */
  readonly campaigns: { readonly days: readonly string[]; readonly share: number; readonly window: number }
}

/** The embedded data set: 104 weeks; a year observed, and 180 days of outcome after the cutoff. */
export const EMBEDDED: SimulatorOptions = {
  customers: 16_000, seed: 20_230_101, process: 'pareto-nbd', from: '2023-01-01', to: '2024-12-29', cutoff: '2024-01-01', horizons: [90, 180, 360],
  r: 0.5, alpha: 9, s: 0.6, beta: 8, a: 0.8, b: 2.4,
  spend: { p: 4, q: 3.5, gamma: 30 }, growth: 1.6, covariates: 1,
  campaigns: { days: ['2023-05-08', '2023-09-18', '2024-03-04', '2024-09-16'], share: 0.5, window: 14 },
}

/** Fills in the embedded defaults and checks. Errors: `UsageError` that names the option. */
export function checkOptions(given: Partial<SimulatorOptions>): SimulatorOptions {
  const options = { ...EMBEDDED, ...given }
  const unknown = Object.keys(options).find(name => !(name in EMBEDDED))
  if (unknown !== undefined) throw bad(unknown, 'is no option of the simulator', `known are ${Object.keys(EMBEDDED).join(', ')}`)
  whole('customers', options.customers, 1, 9_999_999)
  whole('seed', options.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
  if (options.process !== 'pareto-nbd' && options.process !== 'bg-nbd') throw bad('process', `is "${String(options.process)}"`, 'choose pareto-nbd or bg-nbd')
  for (const name of ['from', 'to', 'cutoff'] as const) parseDay(options[name], name)
  const days = daysBetween(options.from, options.to)
  if (days < 7 || days > 3660) throw bad('to', `leaves a log of ${days} days`, 'a log is 7 to 3,660 days long')
  if (daysBetween(options.from, options.cutoff) < 0 || daysBetween(options.cutoff, options.to) < 0) throw bad('cutoff', `is ${options.cutoff}`, 'it lies within from and to')
  options.horizons.forEach(horizon => whole('horizons', horizon, 1, 3660))
  if (new Set(options.horizons).size < options.horizons.length) throw bad('horizons', 'names one horizon twice', 'name each once')
  for (const name of ['r', 'alpha', 's', 'beta', 'a', 'b', 'growth'] as const) positive(name, options[name])
  for (const name of ['p', 'q', 'gamma'] as const) positive(`spend.${name}`, options.spend[name])
  if (options.spend.q <= 1) throw bad('spend.q', `is ${options.spend.q}`, 'above 1, else mean spend is infinite')
  if (!(options.covariates >= 0 && options.covariates <= 3)) throw bad('covariates', `is ${options.covariates}`, 'a scale from 0 to 3')
  const { days: sent, share, window } = options.campaigns
  for (const day of sent) {
    parseDay(day, 'campaigns.days')
    if (daysBetween(options.from, day) < 0 || daysBetween(day, options.to) < 1) throw bad('campaigns.days', `holds ${day}`, 'campaigns go out within the log')
  }
  if (!(share >= 0 && share <= 1)) throw bad('campaigns.share', `is ${share}`, 'a probability')
  whole('campaigns.window', window, 1, 60)
  return options
}

function whole(name: string, value: number, least: number, most: number): void {
  if (!Number.isSafeInteger(value) || value < least || value > most) throw bad(name, `is ${value}`, `a whole number from ${least} to ${most}`)
}

function positive(name: string, value: number): void {
  if (!(value > 0 && value <= 1e6)) throw bad(name, `is ${value}`, 'a positive number up to 1,000,000')
}

const bad = (name: string, what: string, remedy: string): UsageError => new UsageError({ code: 'bad-option', what: `${name} ${what}`, where: 'the simulator', remedy })
