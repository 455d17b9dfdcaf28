import type { CoreRow } from '../../../lib/features/index.ts'
import type { Task } from '../../../lib/models/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { Table } from '../../../lib/schema/index.ts'
import { happened } from '../tiny-task.ts'

/** Purchases of a customer: how many days before the last observed day, and for how much. Days differ. */
export type Purchases = readonly { readonly ago: number; readonly spend: number }[]

const SPANS = [7, 30, 60, 90, 180] as const

/** The core features of a customer, from their definitions in `CoreRow`. */
export function coreRow(customer_id: string, purchases: Purchases, history: number, last_period: number): CoreRow {
  const oldest = purchases.toSorted((a, b) => b.ago - a.ago)
  const [spends, gaps] = [oldest.map(each => each.spend), oldest.slice(1).map((each, i) => (oldest[i]?.ago ?? 0) - each.ago)]
  const [T, since] = [oldest[0]?.ago ?? 0, oldest.at(-1)?.ago ?? 0]
  const [n, spend] = [spends.length, sum(spends)]
  const within = (days: number): Purchases => oldest.filter(({ ago }) => ago < days)
  const spent = (days: number): number => sum(within(days).map(each => each.spend))
  const sorted = gaps.toSorted((a, b) => a - b)
  const middle = sorted.slice(Math.ceil(gaps.length / 2) - 1, Math.floor(gaps.length / 2) + 1)
  return {
    customer_id,
    frequency: n - 1,
    recency: T - since,
    T,
    monetary: n > 1 ? sum(spends.slice(1)) / (n - 1) : 0,
    mean_spend: spend / n,
    spend,
    history,
    ...(Object.fromEntries(
      SPANS.flatMap(days => [
        [`spend_${days}`, spent(days)],
        [`purchases_${days}`, within(days).length],
      ]),
    ) as Pick<CoreRow, `${'spend' | 'purchases'}_${(typeof SPANS)[number]}`>),
    spend_last_period: spent(last_period),
    last_period,
    mean_gap: n > 1 ? sum(gaps) / gaps.length : NaN,
    median_gap: n > 1 ? sum(middle) / middle.length : NaN,
    sd_gap: sd(gaps),
    days_since_last: since,
    sd_spend: sd(spends),
    max_spend: Math.max(...spends),
    first_spend: spends[0] ?? 0,
    last_spend: spends.at(-1) ?? 0,
    spend_trend: (spent(30) - (spent(90) - spent(60))) / 2,
  }
}

/** Customers who each have a rhythm, a size of purchase and a day on which they left; those who have not left return. */
export function boughtTask(count: number): Task {
  const random = Seed.of(2).child('bought').random()
  const history = 200
  const rows = Array.from({ length: count }, (_, i) => {
    const [rhythm, size, T] = [3 + 40 * random.uniform(), 5 + 60 * random.uniform(), 1 + random.integer(history - 1)]
    const gone = random.uniform() < 0.5 ? T * random.uniform() : 0
    const days = new Set([T])
    for (let ago = T; ago >= gone; ago -= 1 + Math.floor(2 * rhythm * random.uniform())) days.add(Math.floor(ago))
    const purchases = [...days].map(ago => ({ ago, spend: Math.round(100 * size * (0.5 + random.uniform())) / 100 }))
    return { row: coreRow(`c${String(i).padStart(4, '0')}`, purchases, history, 75), future: gone > 0 ? 0 : size }
  })
  const features = Table.fromRows<CoreRow>(
    rows.map(each => each.row),
    Object.keys(rows[0]?.row ?? {}) as never,
  )
  const outcome = happened(
    rows.map(({ row }) => row.customer_id),
    rows.map(each => each.future),
  )
  return { customers: features, training: { features, outcome, horizon: 60 }, horizon: 60 }
}

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0)

function sd(values: readonly number[]): number {
  if (values.length < 2) return NaN
  const mean = sum(values) / values.length
  return Math.sqrt(sum(values.map(each => (each - mean) ** 2)) / (values.length - 1))
}
