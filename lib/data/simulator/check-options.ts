import { UsageError } from '../../errors/index.ts'
import { addDays, daysBetween, parseDay } from '../days.ts'
import { EMBEDDED, type SimulatorOptions } from './options.ts'

/** Fills in the embedded defaults and checks, nested parts too; the result shares nothing with what was given. Errors: `UsageError` that names the option. */
export function checkOptions(given: Partial<SimulatorOptions>): SimulatorOptions {
  const options = { ...EMBEDDED, ...withCutoff(record('options', given, EMBEDDED)) } as SimulatorOptions
  whole('customers', options.customers, 1, 9_999_999)
  whole('seed', options.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
  if (options.process !== 'pareto-nbd' && options.process !== 'bg-nbd')
    throw bad('process', options.process, 'choose pareto-nbd or bg-nbd')
  checkDays(options)
  for (const name of ['r', 's', 'a', 'b', 'growth'] as const) within(name, options[name], 0.001, 1000)
  for (const name of ['alpha', 'beta'] as const) within(name, options[name], 0.1, 1e6)
  if (options.r / options.alpha > 100)
    throw bad('r', options.r, `with alpha ${options.alpha} that is more than 100 purchases a week on average`)
  within('covariates', options.covariates, 0, 3)
  return {
    ...options,
    horizons: checkHorizons(options.horizons),
    spend: checkSpend(options.spend),
    campaigns: checkCampaigns(options),
  }
}

/** Where only the log's days are given, its cutoff follows: as far into it as the embedded set's. */
function withCutoff(given: Partial<SimulatorOptions>): Partial<SimulatorOptions> {
  const { from = EMBEDDED.from, to = EMBEDDED.to } = given
  if (given.cutoff !== undefined || !isDay(from) || !isDay(to) || from >= to) return given
  if (from < EMBEDDED.cutoff && EMBEDDED.cutoff < to) return given
  const share = daysBetween(EMBEDDED.from, EMBEDDED.cutoff) / daysBetween(EMBEDDED.from, EMBEDDED.to)
  return { ...given, cutoff: addDays(from, Math.floor(daysBetween(from, to) * share)) }
}

/** What else it may be is told when days are checked. */
function isDay(day: unknown): day is string {
  return typeof day === 'string' && !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().slice(0, 10) === day
}

function checkDays({ from, to, cutoff }: SimulatorOptions): void {
  for (const [name, day] of Object.entries({ from, to, cutoff })) {
    text(name, day)
    parseDay(day, name)
    if (day < '1970-01-01' || day > '2199-12-31') throw bad(name, day, 'days lie from 1970 to 2199')
  }
  const days = daysBetween(from, to)
  if (days < 7 || days > 3660) throw bad('to', to, `that leaves a log of ${days} days; it may have 7 to 3,660`)
  if (cutoff < from || cutoff > to) throw bad('cutoff', cutoff, 'it lies within from and to')
}

function checkHorizons(horizons: SimulatorOptions['horizons']): SimulatorOptions['horizons'] {
  list('horizons', horizons)
  for (const horizon of horizons) whole('horizons', horizon, 1, 3660)
  if (new Set(horizons).size < horizons.length) throw bad('horizons', horizons, 'name each once')
  return [...horizons]
}

function checkSpend(spend: SimulatorOptions['spend']): SimulatorOptions['spend'] {
  const { p, q, gamma } = record('spend', spend, EMBEDDED.spend)
  within('spend.p', p, 0.01, 1000)
  within('spend.q', q, 0, 1000)
  if (q <= 1) throw bad('spend.q', q, 'above 1, else mean spend is infinite')
  within('spend.gamma', gamma, 0.001, 1e6)
  if ((p * gamma) / (q - 1) > 1e5) throw bad('spend', spend, 'mean spend p γ / (q - 1) is at most 100,000')
  return { p, q, gamma }
}

/** Windows must not overlap: else what one campaign brings would depend on another, and one truth could not be told for each. */
function checkCampaigns({ campaigns, from, to }: SimulatorOptions): SimulatorOptions['campaigns'] {
  const { days, share, window } = record('campaigns', campaigns, EMBEDDED.campaigns)
  list('campaigns.days', days)
  within('campaigns.share', share, 0, 1)
  whole('campaigns.window', window, 1, 60)
  for (const day of days) {
    text('campaigns.days', day)
    parseDay(day, 'campaigns.days')
    if (day < from || day >= to) throw bad('campaigns.days', day, 'campaigns go out within the log')
  }
  const sorted = [...days].sort()
  const early = sorted.find((day, i) => i > 0 && day < addDays(sorted[i - 1] as string, window))
  const remedy = `that is within the ${window} days of the campaign before; part them, or shorten campaigns.window`
  if (early !== undefined) throw bad('campaigns.days', early, remedy)
  return { days: sorted, share, window }
}

/** The object itself, when it is one with no names but the known. */
function record<T extends object>(name: string, value: T, known: object): T {
  const names = Object.keys(known).join(', ')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad(name, value, `an object with ${names}`)
  const foreign = Object.keys(value).find(key => !Object.hasOwn(known, key))
  if (foreign === undefined) return value
  throw new UsageError({
    code: 'unknown-option',
    what: `${foreign} is no option of the simulator`,
    where: name,
    remedy: `known are ${names}`,
  })
}

function list(name: string, value: unknown): void {
  if (!Array.isArray(value)) throw bad(name, value, 'an array')
}

function text(name: string, value: unknown): void {
  if (typeof value !== 'string') throw bad(name, value, 'a day as text, such as 2024-01-01')
}

function whole(name: string, value: unknown, least: number, most: number): void {
  if (!Number.isSafeInteger(value)) throw bad(name, value, `a whole number from ${least} to ${most}`)
  within(name, value, least, most)
}

function within(name: string, value: unknown, least: number, most: number): void {
  if (typeof value !== 'number' || !(value >= least && value <= most)) throw bad(name, value, `a number from ${least} to ${most}`)
}

function bad(name: string, value: unknown, remedy: string): UsageError {
  const shown = typeof value === 'number' || value === undefined ? String(value) : JSON.stringify(value, plain)
  return new UsageError({ code: 'bad-option', what: `${name} is ${shown}`, where: 'the simulator', remedy })
}

const plain = (_: string, part: unknown): unknown => (typeof part === 'bigint' ? String(part) : part)
