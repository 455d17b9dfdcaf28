import { FitError } from '../../errors/index.ts'
import type { CoreRow, OutcomeRow } from '../../features/index.ts'
import { Table } from '../../schema/index.ts'
import type { TrainingWindow } from '../model.ts'
import { fitColumn, scoreOf, valueOf, varies, type CodecColumn } from './codec-column.ts'
import { apart, sharedBy, together, type Taking } from './customer-table.ts'
import { numericOf, OUTCOME, outcomeOf } from './window-columns.ts'
import type { MadeCustomers } from './synthesiser.ts'

/** Columns of customers, and of what they did where it is made too; the network sees those that vary. */
export interface Codec extends Taking {
  /** The parts of the core columns, or these columns themselves; then all others. */
  readonly features: readonly CodecColumn[]
  /** `future_value` and `future_purchases`, whose heaps at 0 are those who do not return. */
  readonly outcome: readonly CodecColumn[]
}

/** The middle of what its bounds leave to a part: for customers that are placed, not learnt from. */
const middle = (): number => 0.5

/** Layouts by the window they were fitted to, with its outcome and without: another seed learns from the same one. */
const layouts = new WeakMap<TrainingWindow, Map<boolean, Codec>>()

/** The layout of a window, as `fitNew` fits it; once for each window, which does not change. Errors: `FitError`. */
export function fitCodec(window: TrainingWindow, how: { readonly outcome: boolean }): Codec {
  const known = layouts.get(window) ?? new Map<boolean, Codec>()
  const codec = known.get(how.outcome) ?? fitNew(window, how)
  layouts.set(window, known.set(how.outcome, codec))
  return codec
}

/**
 * Fits the layout to a window. Core columns that are those of possible customers (more than 99% come back from their parts as they were) are made from
 * parts; a table that holds something else under these names is made column by column. Errors: `FitError` for fewer than two customers, or none that differ.
 */
function fitNew(window: TrainingWindow, { outcome }: { readonly outcome: boolean }): Codec {
  const { features } = window
  features.requireWhen('observed', 'features of a generative model')
  if (features.length < 2) {
    throw new FitError({
      code: 'too-few-customers',
      what: `a generative model was given ${features.length === 1 ? 'one customer' : 'no customers'}`,
      remedy: 'give at least two; some hundreds to learn anything from',
    })
  }
  const names = numericOf(features)
  const shared = sharedBy(features)
  const layout = (columns: ReadonlyMap<string, Float64Array>): readonly CodecColumn[] =>
    [...columns].flatMap(([name, values]) => fitColumn(name, values) ?? [])
  const taking = { names, views: !outcome, ...(shared === undefined ? {} : { shared }) }
  const codec = {
    ...taking,
    features: layout(apart(features, taking, middle)),
    outcome: outcome ? layout(outcomeOf(window)) : [],
  }
  if (widthOf(codec) > 0) return codec
  throw new FitError({
    code: 'alike',
    what: 'the customers that a generative model was given are all alike',
    remedy: 'give a table with more customers or more features',
  })
}

const seen = ({ features, outcome }: Codec): readonly CodecColumn[] => [...features, ...outcome].filter(varies)

/** Columns of what a network sees. */
export const widthOf = (codec: Codec): number => seen(codec).length

/** Customers as a network sees them, (customers, width), row-major, each column about standard normal. `spread`: see `scoreOf`. Errors: `FitError`. */
export function encode(window: TrainingWindow, codec: Codec, spread: () => number): Float32Array {
  const columns = apart(window.features, codec, spread)
  return encoded(codec.outcome.length > 0 ? new Map([...columns, ...outcomeOf(window)]) : columns, codec, spread)
}

/** The same of customers without an outcome, each in the middle of where it may lie. Errors: `FitError` for a layout that holds the outcome too; `LeakageError`. */
export function encodeFeatures(customers: Table<CoreRow, 'observed'>, codec: Codec): Float32Array {
  customers.requireWhen('observed', 'encode of a generative model')
  if (codec.outcome.length > 0) {
    throw new FitError({
      code: 'learnt-outcome',
      what: 'the model learnt features and outcome together, and these customers have no outcome yet',
      remedy: 'fit it with `outcome: false`',
    })
  }
  const shared = codec.shared && sharedBy(customers)
  return encoded(apart(customers, { ...codec, ...(shared === undefined ? {} : { shared }) }, middle), codec, middle)
}

function encoded(columns: ReadonlyMap<string, Float64Array>, codec: Codec, spread: () => number): Float32Array {
  const shown = seen(codec)
  const rows = columns.values().next().value?.length ?? 0
  const data = new Float32Array(rows * shown.length)
  shown.forEach((column, c) => {
    const values = columns.get(column.name)
    for (let r = 0; r < rows; r++) data[r * shown.length + c] = scoreOf(column, values?.[r] ?? NaN, spread)
  })
  return data
}

/** Customers from what a network made. Who does not return spends nothing, who does buys once at least. Their ids are `S1`, `S2`, …. */
export function decode(data: Float32Array, codec: Codec): MadeCustomers {
  const shown = seen(codec)
  const rows = data.length / shown.length
  const made = (column: CodecColumn): Float64Array => {
    const c = shown.indexOf(column)
    return Float64Array.from({ length: rows }, (_, r) => valueOf(column, c < 0 ? 0 : (data[r * shown.length + c] as number)))
  }
  const ids = Array.from({ length: rows }, (_, r) => `S${r + 1}`)
  const columns = together(new Map(codec.features.map(column => [column.name, made(column)])), codec, rows)
  const outcome = new Map(codec.outcome.map(column => [column.name, made(column)]))
  const [value, purchases] = OUTCOME.map(name => outcome.get(name))
  const buys = ids.map((_, r) => (value?.[r] ?? 0) > 0)
  return {
    features: Table.fromColumns({ customer_id: ids, ...Object.fromEntries(columns) } as never, 'observed') as unknown as Table<
      CoreRow,
      'observed'
    >,
    outcome: Table.fromColumns<OutcomeRow, 'outcome'>(
      {
        customer_id: ids,
        future_value: Float64Array.from(ids, (_, r) => value?.[r] ?? 0),
        future_purchases: Float64Array.from(buys, (yes, r) => (yes ? Math.max(1, purchases?.[r] ?? 1) : 0)),
        buys_again: buys,
      },
      'outcome',
    ),
  }
}
