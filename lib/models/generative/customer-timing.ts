import type { Coder } from './coder.ts'
import { WINDOWS, type Known, type Shared } from './known.ts'

type Window = (typeof WINDOWS)[number]

/** When a customer bought. */
export interface Timing extends Readonly<Record<`purchases_${Window}`, number>> {
  readonly frequency: number
  readonly recency: number
  readonly T: number
  readonly days_since_last: number
  readonly mean_gap: number
  readonly median_gap: number
  readonly sd_gap: number
}

/** Age, repeats and the last purchase; then the gaps between purchases, and how many fell into each window. */
export function timingOf(coder: Coder, known: Known, { history }: Shared): Timing {
  const T = coder.whole('T', 0, history - 1, known('T'))
  const frequency = Math.min(T, Math.max(0, Math.round(coder.any('frequency', known('frequency')))))
  // each repeat is on a day of its own
  const recency = coder.whole('recency', frequency, frequency === 0 ? 0 : T, known('recency'))
  const days_since_last = T - recency
  return {
    frequency,
    recency,
    T,
    days_since_last,
    mean_gap: frequency > 0 ? recency / frequency : NaN,
    ...gapsOf(coder, known, frequency, recency),
    ...countsOf(coder, known, frequency + 1, T, days_since_last),
  }
}

/** Median and standard deviation of so many gaps of a day or more that add up to `recency`. */
function gapsOf(coder: Coder, known: Known, gaps: number, recency: number): Pick<Timing, 'median_gap' | 'sd_gap'> {
  const mean = recency / gaps
  const half = Math.floor(gaps / 2)
  // the upper half is no shorter than the median, the others are no shorter than a day; an even number of gaps has a median in half days
  const unit = gaps % 2 === 0 ? 2 : 1
  const most = gaps % 2 === 0 ? Math.floor((2 * (recency - half + 1)) / (half + 1)) : Math.floor((recency - half) / (half + 1))
  const [low, high] = gaps >= 3 ? [unit, most] : [unit * mean, unit * mean]
  const median = coder.whole('median_gap', gaps > 0 ? low : 0, gaps > 0 ? high : 0, unit * known('median_gap')) / unit
  if (gaps === 2) {
    const longer = coder.whole('sd_gap', Math.ceil(mean), recency - 1, mean + known('sd_gap') * Math.SQRT1_2)
    return { median_gap: median, sd_gap: Math.SQRT2 * (longer - mean) }
  }
  const squares = gaps - 1 + (recency - gaps + 1) * (recency - gaps + 1)
  const spread = (of: number): number => Math.sqrt(Math.max(0, of) / (gaps - 1))
  const [least, largest] =
    gaps < 2 ? [0, 0] : [spread(gaps * (mean - median) * (mean - median)), spread(squares - gaps * mean * mean)]
  const sd = coder.within('sd_gap', Math.min(least, largest), largest, known('sd_gap'))
  return { median_gap: gaps > 0 ? median : NaN, sd_gap: gaps > 1 ? sd : NaN }
}

/** Purchase days in each window, those in a shorter one among those in the longer: of `purchases` days the first was `T` days ago, the last `since`. */
function countsOf(coder: Coder, known: Known, purchases: number, T: number, since: number): Pick<Timing, `purchases_${Window}`> {
  const counts = {} as Record<`purchases_${Window}`, number>
  let [days, count] = [T + 1, purchases]
  for (const window of WINDOWS) {
    const name = `purchases_${window}` as const
    const all = window > T
    const none = since >= window
    // the last is within and the first is not; as many more as there are days for, here and in the rest of the longer window
    const low = all ? purchases : none ? 0 : Math.max(1, count - (days - window))
    const high = all ? purchases : none ? 0 : Math.min(days === T + 1 ? count - 1 : count, window - since)
    counts[name] = coder.whole(name, low, high, known(name))
    if (!all) [days, count] = [window, counts[name]]
  }
  return counts
}
