import { FitError, SchemaError } from '../../errors/index.ts'
import { weeksIn, type CoreRow } from '../../features/index.ts'
import { log1p } from '../../numeric/index.ts'
import type { Table } from '../../schema/index.ts'

/** How weeks become a network's inputs: fitted, and saved with the model. */
export interface WeekLayout {
  /** Weeks that are read, counted back from the cutoff. */
  readonly weeks: number
  /** Mean and standard deviation of log1p of each channel over all customers and weeks that fitted. */
  readonly channels: readonly { readonly name: string; readonly mean: number; readonly sd: number }[]
}

/**
 * Fits the layout to these customers alone. No more weeks are read than the history holds: those before its first day would be empty for everybody
 * in training and full when the model predicts. Errors: `SchemaError` for a table without weeks, `FitError` for a history below one week.
 */
export function fitWeeks(customers: Table<CoreRow>, rows: Uint32Array, most: number): WeekLayout {
  const { weeks: there, channels } = weeksIn(customers)
  const weeks = Math.min(most, there, Math.floor((customers.column('history')[0] ?? 0) / 7))
  if (weeks < 1)
    throw new FitError({
      code: 'too-short',
      what: 'the history before the training window is shorter than a week',
      remedy: 'choose a later cutoff',
    })
  return {
    weeks,
    channels: channels.map(name => {
      const values = Array.from({ length: weeks }, (_, ago) => column(customers, ago + 1, name))
      const count = rows.length * weeks
      const over = (of: (value: number) => number): number =>
        values.reduce((all, week) => rows.reduce((sum, row) => sum + of(log1p(week[row] as number)), all), 0) / count
      const mean = over(value => value)
      const variance = over(value => (value - mean) * (value - mean))
      return { name, mean, sd: variance > 1e-12 ? Math.sqrt(variance) : 1 }
    }),
  }
}

/** (customers, weeks, channels), the oldest week first. Errors: `SchemaError` for weeks that are gone. */
export function weekInputs(customers: Table<CoreRow>, { weeks, channels }: WeekLayout): Float32Array {
  const size = channels.length
  const data = new Float32Array(customers.length * weeks * size)
  channels.forEach(({ name, mean, sd }, c) => {
    for (let ago = 1; ago <= weeks; ago++) {
      const values = column(customers, ago, name)
      for (let row = 0; row < customers.length; row++)
        data[(row * weeks + weeks - ago) * size + c] = (log1p(values[row] as number) - mean) / sd
    }
  })
  return data
}

function column(customers: Table<CoreRow>, ago: number, channel: string): Float64Array {
  const name = `week_${ago}_${channel}`
  if (customers.has(name)) return customers.column(name as 'spend')
  throw new SchemaError({
    code: 'no-weeks',
    what: `the customers come without "${name}", which this model reads`,
    remedy: 'build the task with `features: withWeeks(coreFeatures)`',
  })
}
