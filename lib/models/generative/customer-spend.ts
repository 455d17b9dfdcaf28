import type { Coder } from './coder.ts'
import type { Timing } from './customer-timing.ts'
import { WINDOWS, type Known, type Shared } from './known.ts'

type Window = (typeof WINDOWS)[number]

/** What a customer spent. */
export interface Spend extends Readonly<Record<`spend_${Window}`, number>> {
  readonly spend: number
  readonly mean_spend: number
  readonly monetary: number
  readonly first_spend: number
  readonly last_spend: number
  readonly max_spend: number
  readonly sd_spend: number
  readonly spend_last_period: number
  readonly spend_trend: number
}

/** The mean of all purchases; then the first and the last, the largest between them, and how much of it fell into each window. */
export function spendOf(coder: Coder, known: Known, timing: Timing, { last_period }: Shared): Spend {
  const purchases = timing.frequency + 1
  const mean_spend = Math.max(0, coder.any('mean_spend', known('mean_spend')))
  const spend = mean_spend * purchases
  const single = purchases === 1
  const first_spend = coder.portion(
    'first_spend',
    { total: spend, count: 1, among: purchases, low: single ? spend : 0, high: spend },
    known('first_spend'),
  )
  const others = spend - first_spend
  const last = coder.portion(
    'last_spend',
    { total: others, count: 1, among: purchases - 1, low: purchases === 2 ? others : 0, high: others },
    known('last_spend'),
  )
  const last_spend = single ? spend : last
  const between = { count: Math.max(0, purchases - 2), sum: Math.max(0, others - last) }
  const ends = Math.max(first_spend, last_spend)
  const largest = largestBetween(coder, known, between, { spend, first: first_spend, last: last_spend, purchases })
  const squares = first_spend * first_spend + (single ? 0 : last_spend * last_spend)
  const middle = squaresBetween(coder, known, between, largest, (sd: number) =>
    purchases < 2 ? 0 : sd * sd * (purchases - 1) + spend * mean_spend - squares,
  )
  const max_spend = Math.max(ends, largest)
  const windows = windowsOf(coder, known, timing, { spend, others, last: last_spend, max: max_spend, between })
  return {
    spend,
    mean_spend,
    monetary: single ? 0 : others / timing.frequency,
    first_spend,
    last_spend,
    max_spend,
    sd_spend: single ? NaN : Math.sqrt(Math.max(0, squares + middle - spend * mean_spend) / (purchases - 1)),
    ...windows,
    spend_last_period: lastPeriod(coder, known, timing, windows, { spend, others, last: last_spend, days: last_period }),
    spend_trend: (windows.spend_30 - (windows.spend_90 - windows.spend_60)) / 2,
  }
}

interface Between {
  readonly count: number
  readonly sum: number
}

/** The largest purchase between the first and the last. Where one of those is larger, nobody knows it: something that the standard deviation allows. */
function largestBetween(
  coder: Coder,
  known: Known,
  { count, sum }: Between,
  ends: { readonly spend: number; readonly first: number; readonly last: number; readonly purchases: number },
): number {
  const { spend, first, last, purchases } = ends
  const most = Math.max(first, last)
  let value = known('max_spend')
  if (count > 1 && sum > 0 && value <= most * (1 + 1e-12)) {
    const sd = known('sd_spend')
    const squares = sd * sd * (purchases - 1) + (spend * spend) / purchases - first * first - last * last
    const excess = Math.sqrt(Math.max(0, ((count - 1) / count) * (squares - (sum * sum) / count)))
    const [low, high] = [Math.max(sum / count, squares / sum), Math.min(most, sum / count + excess)]
    const between = (low + high) / 2
    value = low < high && mostSquares({ count, sum }, between) >= squares ? between : high
  }
  return coder.within('max_spend', count === 0 ? 0 : sum / count, count === 0 ? 0 : sum, value)
}

/** Sum of the squares of the purchases between: no less than when all but the largest are alike, no more than when as many as can be are as large. */
function squaresBetween(
  coder: Coder,
  known: Known,
  { count, sum }: Between,
  largest: number,
  from: (sd: number) => number,
): number {
  const rest = sum - largest
  const low = count === 0 ? 0 : largest * largest + (count > 1 ? (rest * rest) / (count - 1) : 0)
  return coder.within('sd_spend', low, Math.max(low, mostSquares({ count, sum }, largest)), from(known('sd_spend')))
}

/** The largest sum of squares of so many amounts that add up to `sum`, none larger than `largest`. */
function mostSquares({ count, sum }: Between, largest: number): number {
  const full = largest > 0 ? Math.min(count, Math.floor(sum / largest)) : 0
  const rest = sum - full * largest
  return full * largest * largest + rest * rest
}

/** Spend in each window: all of it, none, the last purchase alone, or that with a part of those between. */
function windowsOf(
  coder: Coder,
  known: Known,
  timing: Timing,
  {
    spend,
    others,
    last,
    max,
    between,
  }: Readonly<Record<'spend' | 'others' | 'last' | 'max', number>> & { readonly between: Between },
): Pick<Spend, `spend_${Window}`> {
  const found = {} as Record<`spend_${Window}`, number>
  let [left, sum] = [between.count, between.sum]
  for (const window of WINDOWS) {
    const [name, purchases] = [`spend_${window}` as const, timing[`purchases_${window}`]]
    const count = Math.max(0, Math.min(left, purchases - 1))
    const some = purchases > 0 && purchases <= timing.frequency && count > 0 && count < left
    const all = count === left ? sum : 0
    const low = some ? Math.max(0, sum - (left - count) * max) : all
    const high = some ? Math.max(low, Math.min(sum, count * max)) : all
    const part = coder.portion(name, { total: sum, count, among: left, low, high }, known(name) - last)
    if (purchases <= timing.frequency) [left, sum] = [count, part]
    const within = count === between.count ? others : last + part
    found[name] = purchases === 0 ? 0 : purchases > timing.frequency ? spend : within
  }
  return found
}

/** Spend in the last period: between that of the windows that are next to it in length. */
function lastPeriod(
  coder: Coder,
  known: Known,
  timing: Timing,
  windows: Pick<Spend, `spend_${Window}`>,
  { spend, others, last, days }: Readonly<Record<'spend' | 'others' | 'last' | 'days', number>>,
): number {
  const longer = WINDOWS.findLast(each => each >= days && each <= timing.T)
  const shorter = WINDOWS.find(each => each <= days)
  const all = timing.T < days
  const none = timing.days_since_last >= days
  const most = longer === undefined ? others : windows[`spend_${longer}`]
  const least = Math.max(last, shorter === undefined ? 0 : windows[`spend_${shorter}`])
  const same =
    shorter !== undefined &&
    timing[`purchases_${shorter}`] === (longer === undefined ? timing.frequency : timing[`purchases_${longer}`])
  const low = all ? spend : none ? 0 : same ? most : Math.min(least, most)
  return coder.within('spend_last_period', low, all ? spend : none ? 0 : most, known('spend_last_period'))
}
