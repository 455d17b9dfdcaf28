import { SchemaError } from '../errors/index.ts'
import { Table, type ObservedEvents } from '../schema/index.ts'
import type { CoreRow } from './core-row.ts'
import { weeklySeries, type Channel } from './weekly-series.ts'

/** Makes features of the customers of some observed events. */
type Make<F extends CoreRow> = (observed: ObservedEvents, options: { readonly horizon: number }) => Promise<Table<F>>

const WEEK = /^week_(\d+)_(purchases|spend|returned|sessions)$/

/** Whether a column holds what one week held, for models that read sequences; others leave it alone. */
export const isWeekColumn = (name: string): boolean => WEEK.test(name)

/**
 * Features with what each of the last weeks held beside them: `week_1_spend` is the spend of the last week before the cutoff, `week_2_spend` that
 * of the week before it. For `buildTask`: `features: withWeeks(coreFeatures)`.
 */
export function withWeeks<F extends CoreRow>(make: Make<F>, { weeks = 26 }: { readonly weeks?: number } = {}): Make<F> {
  return async (observed, options) => {
    const [table, series] = [await make(observed, options), await weeklySeries(observed, { weeks })]
    const size = series.channels.length
    const places = new Map(series.customers.map((id, i) => [id, i]))
    const rows = (table.column('customer_id') as unknown as readonly string[]).map(
      id => (places.get(id) as number) * weeks * size,
    )
    const added = Array.from({ length: weeks }, (_, ago) =>
      series.channels.map(
        (channel, c) =>
          [
            `week_${ago + 1}_${channel}`,
            Float64Array.from(rows, start => series.data[start + (weeks - 1 - ago) * size + c] as number),
          ] as const,
      ),
    ).flat()
    const known = table.names.map(name => [name, table.column(name as 'customer_id')] as const)
    return Table.fromColumns(Object.fromEntries([...known, ...added]) as never)
  }
}

/** How many weeks a table holds, and what of each. Errors: `SchemaError` when it holds none. */
export function weeksIn(table: Table<CoreRow>): { readonly weeks: number; readonly channels: readonly Channel[] } {
  const found = table.names.flatMap(name => {
    const [, ago, channel] = WEEK.exec(name) ?? []
    return ago === undefined ? [] : [{ ago: Number(ago), channel: channel as Channel }]
  })
  if (found.length === 0) {
    throw new SchemaError({
      code: 'no-weeks',
      what: 'the customers come without their weeks, which this model reads',
      remedy: 'build the task with `features: withWeeks(coreFeatures)`',
    })
  }
  return { weeks: Math.max(...found.map(({ ago }) => ago)), channels: [...new Set(found.map(({ channel }) => channel))] }
}
