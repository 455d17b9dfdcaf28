import { FitError, FormatError, SchemaError } from '../../errors/index.ts'
import type { Cell } from '../../schema/index.ts'
import type { ColumnMap, Layout } from './step.ts'

/** A numeric column. Errors: `SchemaError` where it is missing or not numeric. */
export function numeric(columns: ColumnMap, name: string, where: string): Float64Array {
  const values = present(columns, name, where)
  if (values instanceof Float64Array) return values
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (value !== null && typeof value !== 'number') {
      throw new SchemaError({
        code: 'not-numeric',
        what: `column "${name}" is not numeric`,
        where,
        remedy: 'encode it first, with oneHot or frequencyEncode',
      })
    }
  }
  return Float64Array.from(values, value => (value === null ? NaN : (value as number)))
}

/** A column of categories as text; missing (null, NaN) stays null. */
export function categories(columns: ColumnMap, name: string, where: string): readonly (string | null)[] {
  return Array.from(present(columns, name, where), value =>
    value === null || (typeof value === 'number' && Number.isNaN(value))
      ? null
      : value instanceof Date
        ? value.toISOString()
        : String(value),
  )
}

/** The values that are there, sorted. Errors: `FitError` when there is none, or one is infinite. */
export function sortedKnown(columns: ColumnMap, name: string, where: string): Float64Array {
  const known = numeric(columns, name, where)
    .filter(value => !Number.isNaN(value))
    .sort()
  if (known.length === 0) {
    throw new FitError({
      code: 'no-values',
      what: `column "${name}" has no value to learn from`,
      where,
      remedy: 'leave the column out, or give more rows',
    })
  }
  if (!Number.isFinite(known[0]) || !Number.isFinite(known.at(-1))) {
    throw new FitError({
      code: 'not-finite',
      what: `column "${name}" holds an infinite value`,
      where,
      remedy: 'clip or remove it first',
    })
  }
  return known
}

/** Quantile by linear interpolation between order statistics (R's type 7) of sorted values; p in [0, 1]. */
export function quantile(sorted: Float64Array, p: number): number {
  const place = (sorted.length - 1) * p
  const below = sorted[Math.floor(place)] as number
  return below + ((sorted[Math.ceil(place)] as number) - below) * (place - Math.floor(place))
}

/** A number of a layout. Errors: `FormatError` where a loaded layout does not hold it. */
export function numberIn(layout: Layout, name: string): number {
  const value = layout[name]
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw damaged(name, 'a number')
}

export function textIn(layout: Layout, name: string): string {
  const value = layout[name]
  if (typeof value === 'string') return value
  throw damaged(name, 'a text')
}

export function numbersIn(layout: Layout, name: string): readonly number[] {
  const value = layout[name]
  if (Array.isArray(value) && value.every(item => typeof item === 'number' && Number.isFinite(item))) return value as number[]
  throw damaged(name, 'a list of numbers')
}

export function textsIn(layout: Layout, name: string): readonly string[] {
  const value = layout[name]
  if (Array.isArray(value) && value.every(item => typeof item === 'string')) return value as string[]
  throw damaged(name, 'a list of texts')
}

/** The layouts of single columns inside a step's layout. */
export function partsIn(layout: Layout): readonly Layout[] {
  const value = layout['columns']
  if (Array.isArray(value) && value.every(item => typeof item === 'object' && item !== null && !Array.isArray(item)))
    return value as Layout[]
  throw damaged('columns', 'a list of layouts')
}

function damaged(name: string, what: string): FormatError {
  return new FormatError({
    code: 'bad-layout',
    what: `a saved transform lacks ${what} under "${name}"`,
    remedy: 'save the pipeline again',
  })
}

function present(columns: ColumnMap, name: string, where: string): ArrayLike<Cell> {
  const values = columns.get(name)
  if (values !== undefined) return values
  throw new SchemaError({
    code: 'unknown-column',
    what: `there is no column "${name}"`,
    where: `${where}, of a table with the columns ${[...columns.keys()].join(', ')}`,
    remedy: 'check the spelling against the list above',
  })
}
