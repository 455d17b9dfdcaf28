import type { CoreRow, OutcomeRow } from '../../lib/features/index.ts'
import type { Task } from '../../lib/models/index.ts'
import { CORE } from '../../lib/models/generative/known.ts'
import { Seed } from '../../lib/numeric/index.ts'
import { Table } from '../../lib/schema/index.ts'

/** Core features of customers with these values; everything else is 0. */
export function customers(rows: readonly (Partial<CoreRow> & { readonly customer_id: string })[]): Table<CoreRow> {
  const full = rows.map(row => ({ ...Object.fromEntries(CORE.map(name => [name, 0])), ...row }) as CoreRow)
  return Table.fromRows<CoreRow>(full, ['customer_id', ...CORE])
}

export function happened(ids: readonly string[], value: readonly number[]): Table<OutcomeRow, 'outcome'> {
  return Table.fromColumns<OutcomeRow, 'outcome'>(
    {
      customer_id: ids,
      future_value: Float64Array.from(value),
      future_purchases: Float64Array.from(value, each => (each > 0 ? 1 : 0)),
      buys_again: value.map(each => each > 0),
    },
    'outcome',
  )
}

export interface MadeTask {
  readonly task: Task
  readonly outcome: Table<OutcomeRow, 'outcome'>
}

/** Customers whose future follows their past with some chance: 100 days of history, trained on 50, 100 to predict. */
export function madeTask(count: number, seed = 1): MadeTask {
  const random = Seed.of(seed).child('made task').random()
  const ids = Array.from({ length: count }, (_, i) => `c${String(i).padStart(4, '0')}`)
  const rates = ids.map(() => 0.2 + 3 * random.uniform() * random.uniform())
  const draw = (): number[] =>
    rates.map(rate => (random.uniform() < rate / 3 ? Math.round(100 * rate * (0.5 + random.uniform())) / 10 : 0))
  const features = (history: number): Table<CoreRow> =>
    customers(
      ids.map((customer_id, i) => {
        const frequency = Math.floor((rates[i] as number) * (1 + 2 * random.uniform()))
        const recency = frequency === 0 ? 0 : Math.max(1, Math.floor(history * 0.8 * random.uniform()))
        const spend = 10 * (rates[i] as number) * (frequency + 1)
        const T = recency + Math.floor((history - 1 - recency) * random.uniform())
        return {
          customer_id,
          frequency,
          recency,
          T,
          history,
          spend,
          days_since_last: T - recency,
          mean_spend: spend / (frequency + 1),
          monetary: frequency === 0 ? 0 : spend / (frequency + 1),
          spend_last_period: spend / 2,
          last_period: history / 2,
          mean_gap: frequency === 0 ? NaN : recency / frequency,
        }
      }),
    )
  const before = features(50)
  const trained = draw()
  const now = features(100)
  const future = draw()
  return {
    task: { customers: now, training: { features: before, outcome: happened(ids, trained), horizon: 50 }, horizon: 100 },
    outcome: happened(ids, future),
  }
}
