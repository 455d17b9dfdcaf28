import { FitError } from '../../errors/index.ts'
import { isWeekColumn, type CoreRow, type OutcomeRow } from '../../features/index.ts'
import { expm1, log1p } from '../../numeric/index.ts'
import { Table } from '../../schema/index.ts'
import type { TrainingWindow } from '../model.ts'
import type { MadeCustomers } from './synthesiser.ts'

/** How one column of customers becomes numbers that a network can make, and customers again: the fitted layout is data. */
export interface CodecColumn {
  readonly name: string
  /** Whole numbers stay whole. */
  readonly whole: boolean
  /** Nothing is made outside of what was seen. */
  readonly low: number
  readonly high: number
  /** Of sign(v) log(1 + |v|), over the values that are there; a column without spread is made as it is. */
  readonly mean: number
  readonly sd: number
  /** Mean and standard deviation of a column of its own that says where the value is missing; absent where none is. */
  readonly missing?: { readonly mean: number; readonly sd: number }
}

/** Columns of customers, and of what they did where it is made too; the network sees those that have a spread. */
export interface Codec {
  readonly features: readonly CodecColumn[]
  /** `future_value` and `future_purchases` of those who return, and whether a customer does. */
  readonly outcome: readonly CodecColumn[]
}

const OUTCOME = ['future_value', 'future_purchases', 'buys_again'] as const

/** Fits the layout to a window. Errors: `FitError` for fewer than two customers. */
export function fitCodec(window: TrainingWindow, { outcome }: { readonly outcome: boolean }): Codec {
  window.features.requireWhen('observed', 'features of a generative model')
  if (window.features.length < 2) {
    throw new FitError({
      code: 'too-few-customers',
      what: `a generative model was given ${window.features.length} customers`,
      remedy: 'give at least two; some hundreds to learn anything from',
    })
  }
  const values = columnsOf(window, outcome)
  const fitted = (name: string, mayMiss: boolean): CodecColumn => fitColumn(name, values.get(name) as ArrayLike<number>, mayMiss)
  return {
    features: window.features
      .numericNames()
      .filter(name => !isWeekColumn(name))
      .map(name => fitted(name, true)),
    outcome: outcome ? OUTCOME.map(name => fitted(name, false)) : [],
  }
}

/** Columns of what a network sees: one for each value with a spread, one for each that may be missing. */
export function widthOf({ features, outcome }: Codec): number {
  return [...features, ...outcome].reduce(
    (width, { sd, missing }) => width + (sd > 0 ? 1 : 0) + (missing === undefined ? 0 : 1),
    0,
  )
}

/** Customers as a network sees them, (customers, width), row-major, each column of mean 0 and standard deviation 1. Errors: `FitError`. */
export function encode(window: TrainingWindow, codec: Codec): Float32Array {
  return encoded(
    columnsOf(window, codec.outcome.length > 0),
    [...codec.features, ...codec.outcome],
    widthOf(codec),
    window.features.length,
  )
}

/** The same of customers without an outcome. Errors: `FitError` for a layout that holds the outcome too; `LeakageError`. */
export function encodeFeatures(customers: Table<CoreRow, 'observed'>, codec: Codec): Float32Array {
  customers.requireWhen('observed', 'encode of a generative model')
  if (codec.outcome.length > 0) {
    throw new FitError({
      code: 'learnt-outcome',
      what: 'the model learnt features and outcome together, and these customers have no outcome yet',
      remedy: 'fit it with `outcome: false`',
    })
  }
  return encoded(featuresOf(customers), codec.features, widthOf(codec), customers.length)
}

function encoded(
  values: ReadonlyMap<string, ArrayLike<number>>,
  columns: readonly CodecColumn[],
  width: number,
  rows: number,
): Float32Array {
  const data = new Float32Array(rows * width)
  let at = 0
  for (const { name, mean, sd, missing } of columns) {
    const column = values.get(name)
    if (column === undefined)
      throw new FitError({
        code: 'missing-column',
        what: `the customers have no column "${name}"`,
        remedy: 'give the features that the model was fitted to',
      })
    const [own, flag] = [at, at + (sd > 0 ? 1 : 0)]
    for (let r = 0; r < rows; r++) {
      const value = column[r] as number
      if (sd > 0) data[r * width + own] = Number.isNaN(value) ? 0 : (squeeze(value) - mean) / sd
      if (missing !== undefined) data[r * width + flag] = (Number(Number.isNaN(value)) - missing.mean) / missing.sd
    }
    at = flag + (missing === undefined ? 0 : 1)
  }
  return data
}

/**
 * Customers from what a network made: whole numbers whole, nothing outside of what was seen, missing where it says so. Who does not return
 * spends nothing. Their ids are `S1`, `S2`, ….
 */
export function decode(data: Float32Array, codec: Codec): MadeCustomers {
  const width = widthOf(codec)
  const rows = data.length / width
  let at = 0
  const made = ({ whole, low, high, mean, sd, missing }: CodecColumn): Float64Array => {
    const [own, flag] = [sd > 0 ? at : -1, missing === undefined ? -1 : at + (sd > 0 ? 1 : 0)]
    at += (own < 0 ? 0 : 1) + (flag < 0 ? 0 : 1)
    return Float64Array.from({ length: rows }, (_, r) => {
      if (missing !== undefined && (data[r * width + flag] as number) * missing.sd + missing.mean > 0.5) return NaN
      const value = own < 0 ? low : Math.min(high, Math.max(low, stretch((data[r * width + own] as number) * sd + mean)))
      return whole ? Math.round(value) : value
    })
  }
  const ids = Array.from({ length: rows }, (_, r) => `S${r + 1}`)
  const features = Table.fromColumns(
    { customer_id: ids, ...Object.fromEntries(codec.features.map(column => [column.name, made(column)])) } as never,
    'observed',
  ) as unknown as Table<CoreRow, 'observed'>
  const [value, purchases, returned] = codec.outcome.map(made) as [Float64Array?, Float64Array?, Float64Array?]
  const buys = ids.map((_, r) => returned?.[r] === 1)
  const outcome = Table.fromColumns<OutcomeRow, 'outcome'>(
    {
      customer_id: ids,
      future_value: Float64Array.from(buys, (yes, r) => (yes ? (value?.[r] as number) : 0)),
      future_purchases: Float64Array.from(buys, (yes, r) => (yes ? Math.max(1, purchases?.[r] as number) : 0)),
      buys_again: buys,
    },
    'outcome',
  )
  return { features, outcome }
}

function columnsOf({ features, outcome }: TrainingWindow, withOutcome: boolean): ReadonlyMap<string, ArrayLike<number>> {
  const columns = featuresOf(features)
  if (!withOutcome) return columns
  outcome.requireWhen('outcome', 'outcome of a generative model')
  const at = new Map(outcome.column('customer_id').map((id, i) => [id, i]))
  const rows = features.column('customer_id').map(id => at.get(id) ?? -1)
  if (rows.includes(-1))
    throw new FitError({
      code: 'no-outcome',
      what: `customer ${features.column('customer_id')[rows.indexOf(-1)]} has no outcome in the training window`,
      remedy: 'make the outcome with `outcomes(events, features)`',
    })
  const buys = Float64Array.from(rows, row => Number(outcome.column('buys_again')[row]))
  // what they spend is learnt from those who return: the others' zeros would be a second heap that no bell covers
  const ofBuyers = (name: 'future_value' | 'future_purchases'): Float64Array =>
    buys.map((yes, r) => (yes === 1 ? (outcome.column(name)[rows[r] as number] as number) : NaN))
  columns.set('future_value', ofBuyers('future_value'))
  columns.set('future_purchases', ofBuyers('future_purchases'))
  columns.set('buys_again', buys)
  return columns
}

function featuresOf(features: Table<CoreRow, 'observed'>): Map<string, ArrayLike<number>> {
  return new Map(features.numericNames().map(name => [name, features.column(name)]))
}

function fitColumn(name: string, values: ArrayLike<number>, mayMiss: boolean): CodecColumn {
  const there = Array.from(values).filter(each => !Number.isNaN(each))
  const absent = 1 - there.length / values.length
  const missing = mayMiss && absent > 0 && absent < 1 ? { mean: absent, sd: Math.sqrt(absent * (1 - absent)) } : undefined
  if (there.length === 0) return { name, whole: false, low: 0, high: 0, mean: 0, sd: 0 }
  const squeezed = there.map(squeeze)
  const mean = squeezed.reduce((sum, each) => sum + each, 0) / there.length
  const sd = Math.sqrt(squeezed.reduce((sum, each) => sum + (each - mean) * (each - mean), 0) / there.length)
  return {
    name,
    whole: there.every(Number.isInteger),
    low: there.reduce((least, each) => Math.min(least, each)),
    high: there.reduce((most, each) => Math.max(most, each)),
    mean,
    sd: sd > 1e-12 ? sd : 0,
    ...(missing === undefined ? {} : { missing }),
  }
}

const squeeze = (value: number): number => (value < 0 ? -log1p(-value) : log1p(value))
const stretch = (value: number): number => (value < 0 ? -expm1(-value) : expm1(value))
