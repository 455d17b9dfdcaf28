import type { CoreRow } from '../../../lib/features/index.ts'
import type { Task } from '../../../lib/models/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { Table } from '../../../lib/schema/index.ts'
import { customers, happened } from '../tiny-task.ts'

export const WEEKS = 10

/** Weeks of purchases and spend beside the core columns. */
export function withMadeWeeks(table: Table<CoreRow>, spend: readonly (readonly number[])[]): Table<CoreRow> {
  const weeks = Array.from(
    { length: WEEKS },
    (_, ago) =>
      [
        [`week_${ago + 1}_purchases`, Float64Array.from(spend, each => ((each[ago] as number) > 0 ? 1 : 0))],
        [`week_${ago + 1}_spend`, Float64Array.from(spend, each => each[ago] as number)],
      ] as const,
  ).flat()
  return Table.fromColumns<CoreRow>(
    Object.fromEntries([...table.names.map(name => [name, table.column(name as 'spend')] as const), ...weeks]) as never,
  )
}

/** Customers of whom those return, and spend as before, who bought in the last three weeks. `of` history days; nothing else tells them apart. */
export function weeklyTask(count: number, history = 70): Task {
  const random = Seed.of(3).child('weekly task').random()
  const ids = Array.from({ length: count }, (_, i) => `c${String(i).padStart(4, '0')}`)
  const make = (): readonly (readonly number[])[] =>
    ids.map(() => {
      const late = random.uniform() < 0.5
      const size = 5 + 40 * random.uniform()
      return Array.from({ length: WEEKS }, (_, ago) => (ago < 3 === late && random.uniform() < 0.6 ? Math.round(size) : 0))
    })
  const table = (weeks: readonly (readonly number[])[]): Table<CoreRow> =>
    withMadeWeeks(customers(ids.map(customer_id => ({ customer_id, history }))), weeks)
  const [before, now] = [make(), make()]
  const recent = (weeks: readonly number[]): number => weeks.slice(0, 3).reduce((sum, spend) => sum + spend, 0)
  return {
    customers: table(now),
    training: {
      features: table(before),
      outcome: happened(
        ids,
        before.map(weeks => (random.uniform() < 0.9 ? recent(weeks) : 0)),
      ),
      horizon: 50,
    },
    horizon: 100,
  }
}
