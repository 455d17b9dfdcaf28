import type { CoreRow } from '../../lib/features/index.ts'
import type { MemoryEvent } from '../support/memory-events.ts'

const DAY = 86_400_000
const day = (text: string): number => Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / DAY

const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length

/** The core features as one would write them on paper: whole cents, one customer at a time, no SQL. */
export function naiveCore(events: readonly MemoryEvent[], observeFrom: string, cutoff: string, horizon: number): CoreRow[] {
  const [from, end] = [day(observeFrom), day(cutoff)]
  const bought = events.filter(e => (e.kind ?? 'purchase') === 'purchase' && day(e.ts) >= from && day(e.ts) < end)
  const ids = [...new Set(bought.map(e => e.customer_id))].sort()
  const lastPeriod = Math.max(1, Math.min(horizon, Math.floor((end - from) / 2)))
  return ids.map(id => {
    const cents = new Map<number, number>()
    for (const e of bought)
      if (e.customer_id === id) cents.set(day(e.ts), (cents.get(day(e.ts)) ?? 0) + Math.round((e.amount ?? 0) * 100))
    const days = [...cents.keys()].sort((a, b) => a - b)
    const spends = days.map(d => cents.get(d) as number)
    const gaps = days.slice(1).map((d, i) => d - (days[i] as number))
    const [first, last] = [days[0] as number, days.at(-1) as number]
    const within = (n: number): number[] => days.filter(d => d >= end - n)
    const money = (list: readonly number[]): number => list.reduce((sum, d) => sum + (cents.get(d) as number), 0) / 100
    const sd = (list: readonly number[]): number =>
      Math.sqrt(list.reduce((sum, v) => sum + (v - mean(list)) ** 2, 0) / (list.length - 1))
    const sorted = [...gaps].sort((a, b) => a - b)
    const half = sorted.length / 2
    const median =
      sorted.length % 2 === 1
        ? (sorted[Math.floor(half)] as number)
        : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2
    return {
      customer_id: id,
      frequency: days.length - 1,
      recency: last - first,
      T: end - 1 - first,
      monetary: days.length > 1 ? mean(spends.slice(1)) / 100 : 0,
      mean_spend: mean(spends) / 100,
      spend: money(days),
      history: end - from,
      spend_7: money(within(7)),
      spend_30: money(within(30)),
      spend_60: money(within(60)),
      spend_90: money(within(90)),
      spend_180: money(within(180)),
      purchases_7: within(7).length,
      purchases_30: within(30).length,
      purchases_60: within(60).length,
      purchases_90: within(90).length,
      purchases_180: within(180).length,
      spend_last_period: money(within(lastPeriod)),
      last_period: lastPeriod,
      mean_gap: gaps.length > 0 ? mean(gaps) : NaN,
      median_gap: gaps.length > 0 ? median : NaN,
      sd_gap: gaps.length > 1 ? sd(gaps) : NaN,
      days_since_last: end - 1 - last,
      sd_spend: days.length > 1 ? sd(spends) / 100 : NaN,
      max_spend: Math.max(...spends) / 100,
      first_spend: (spends[0] as number) / 100,
      last_spend: (spends.at(-1) as number) / 100,
      spend_trend: (money(within(30)) - money(days.filter(d => d >= end - 90 && d < end - 60))) / 2,
    }
  })
}
