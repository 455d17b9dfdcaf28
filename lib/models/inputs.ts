import { FitError, SchemaError } from '../errors/index.ts'
import { isWeekColumn, type CoreRow } from '../features/index.ts'
import { log1p } from '../numeric/index.ts'
import type { Table } from '../schema/index.ts'

/** How one numeric column becomes an input: the fitted layout is data, saved with the model. */
export interface InputColumn {
  readonly name: string
  /** Signed log1p first: sign(v) log(1 + |v|), for money and counts with long tails. */
  readonly log: boolean
  /** Stands for a missing value (NaN): the mean of those that are there. */
  readonly fill: number
  readonly mean: number
  readonly sd: number
}

/** Row-major inputs of a learner, (rows, columns). */
export interface Inputs {
  readonly data: Float64Array
  readonly rows: number
  readonly columns: number
}

/** Columns that are the same for all customers of a table, or no description of them. */
const NOT_INPUTS = new Set(['history', 'last_period'])

/**
 * Fits the layout to these rows alone: each numeric column filled, transformed and standardised. Columns without any spread
 * are left out. Errors: `FitError` when nothing is left.
 */
export function fitInputs(customers: Table<CoreRow>, rows: ArrayLike<number>, { log }: { readonly log: boolean }): readonly InputColumn[] {
  const history = customers.column('history')[0] ?? 0
  const layout = customers.numericNames().filter(name => !NOT_INPUTS.has(name) && !isWeekColumn(name) && trailingDays(name) <= history).flatMap(name => {
    const values = customers.column(name)
    let [n, sum] = [0, 0]
    for (let r = 0; r < rows.length; r++) {
      const value = transform(values[rows[r] as number] as number, log)
      if (Number.isNaN(value)) continue
      n++
      sum += value
    }
    if (n === 0) return []
    const mean = sum / n
    let squares = 0
    for (let r = 0; r < rows.length; r++) {
      const value = transform(values[rows[r] as number] as number, log)
      if (!Number.isNaN(value)) squares += (value - mean) * (value - mean)
    }
    const sd = Math.sqrt(squares / rows.length)
    return sd > 1e-12 ? [{ name, log, fill: mean, mean, sd }] : []
  })
  if (layout.length === 0) throw new FitError({ code: 'no-inputs', what: 'no numeric column differs between customers', remedy: 'give a table with more customers or more features' })
  return layout
}

/** The inputs of all rows under a fitted layout. Errors: `SchemaError` for a column that is gone. */
export function inputs(customers: Table<CoreRow>, layout: readonly InputColumn[]): Inputs {
  const rows = customers.length
  const columns = layout.length
  const data = new Float64Array(rows * columns)
  layout.forEach(({ name, log, fill, mean, sd }, c) => {
    const values: unknown = customers.column(name as 'spend')
    if (!(values instanceof Float64Array)) throw new SchemaError({ code: 'not-numeric', what: `column "${name}" is not numeric`, remedy: 'give the same features as when the model was fitted' })
    for (let r = 0; r < rows; r++) {
      const value = transform(values[r] as number, log)
      data[r * columns + c] = ((Number.isNaN(value) ? fill : value) - mean) / sd
    }
  })
  return { data, rows, columns }
}

/** Whether a saved value is a layout that `inputs` can use. */
export function isLayout(value: unknown): value is readonly InputColumn[] {
  return Array.isArray(value) && value.every((column: Partial<InputColumn> | null) =>
    typeof column?.name === 'string' && typeof column.log === 'boolean' && (column.sd ?? 0) > 0 &&
    [column.fill, column.mean, column.sd].every(Number.isFinite))
}

/**
 * Days of a trailing window (`spend_90`), 0 for other columns. A window longer than the history holds all of it: it repeats
 * the total while the model learns and parts from it when the model predicts, so it is no input.
 */
function trailingDays(name: string): number {
  return Number(/_(\d+)$/.exec(name)?.[1] ?? 0)
}

function transform(value: number, log: boolean): number {
  if (!log) return value
  return value < 0 ? -log1p(-value) : log1p(value)
}
