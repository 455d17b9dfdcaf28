import { FitError } from '../errors/index.ts'
import {
  FittedPipeline,
  impute,
  isWeekColumn,
  log1p,
  pipeline,
  standardise,
  toMatrix,
  type CoreRow,
  type Layout,
  type Matrix,
  type Step,
} from '../features/index.ts'
import type { Row, Table } from '../schema/index.ts'

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
export type Inputs = Matrix

/** Columns that are the same for all customers of a table, or no description of them. */
const NOT_INPUTS = new Set(['history', 'last_period'])

/**
 * Fits the layout to these rows alone, by the features' own pipeline: each numeric column transformed, filled with its mean and
 * standardised. Columns without any spread are left out. Errors: `FitError` when nothing is left, or a column holds an infinite value.
 */
export function fitInputs(
  customers: Table<CoreRow>,
  rows: ArrayLike<number>,
  { log }: { readonly log: boolean },
): readonly InputColumn[] {
  const history = customers.column('history')[0] ?? 0
  const some = customers.take(Uint32Array.from(rows))
  const names = some
    .numericNames()
    .filter(
      name =>
        !NOT_INPUTS.has(name) &&
        !isWeekColumn(name) &&
        trailingDays(name) <= history &&
        some.column(name as 'spend').some(value => !Number.isNaN(value)),
    )
  const layout = names.length === 0 ? [] : learnt(some, names, log).filter(({ sd }) => sd > 1e-12)
  if (layout.length === 0)
    throw new FitError({
      code: 'no-inputs',
      what: 'no numeric column differs between customers',
      remedy: 'give a table with more customers or more features',
    })
  return layout
}

function learnt(table: Table<CoreRow>, names: readonly string[], log: boolean): readonly InputColumn[] {
  const steps: readonly Step[] = [...(log ? [log1p(...names)] : []), impute(names, 'mean'), standardise(...names)]
  const [fills = [], scales = []] = pipeline(...steps)
    .fit(table as never)
    .toJSON()
    .steps.slice(-2)
    .map(({ layout }) => layout['columns'] as readonly Layout[])
  return names.map((name, i) => ({
    name,
    log,
    fill: fills[i]?.['fill'] as number,
    mean: scales[i]?.['mean'] as number,
    sd: scales[i]?.['sd'] as number,
  }))
}

/** The inputs of all rows under a fitted layout. Errors: `SchemaError` for a column that is gone. */
export function inputs(customers: Table<CoreRow>, layout: readonly InputColumn[]): Inputs {
  const names = layout.map(({ name }) => name)
  const part = (of: (column: InputColumn) => Layout, columns = layout): Layout => ({
    columns: columns.map(each => ({ column: each.name, ...of(each) })),
  })
  const steps = [
    {
      kind: 'log1p',
      layout: part(
        () => ({}),
        layout.filter(({ log }) => log),
      ),
    },
    { kind: 'impute', layout: part(({ fill }) => ({ fill })) },
    { kind: 'standardise', layout: part(({ mean, sd }) => ({ mean, sd })) },
  ]
  const chosen = customers.select(...(names as 'spend'[])) as unknown as Table<Row>
  return toMatrix(
    FittedPipeline.fromJSON({ format: 'clvlab-pipeline', version: 1, steps }).transform(chosen as never) as Table<Row>,
    names as never,
  )
}

/** Whether a saved value is a layout that `inputs` can use. */
export function isLayout(value: unknown): value is readonly InputColumn[] {
  return (
    Array.isArray(value) &&
    value.every(
      (column: Partial<InputColumn> | null) =>
        typeof column?.name === 'string' &&
        typeof column.log === 'boolean' &&
        (column.sd ?? 0) > 0 &&
        [column.fill, column.mean, column.sd].every(Number.isFinite),
    )
  )
}

/**
 * Days of a trailing window (`spend_90`), 0 for other columns. A window longer than the history holds all of it: it repeats
 * the total while the model learns and parts from it when the model predicts, so it is no input.
 */
function trailingDays(name: string): number {
  return Number(/_(\d+)$/.exec(name)?.[1] ?? 0)
}
