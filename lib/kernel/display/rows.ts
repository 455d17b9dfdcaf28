import { inspect } from 'node:util'
import { renderTable } from '../../schema/display/index.ts'
import type { MimeBundle } from '../../schema/display/index.ts'

type Cell = string | number | boolean | Date | null

/** Rows and columns of something table-like. */
export interface Rows {
  readonly names: readonly string[]
  readonly length: number
  readonly column: (name: string) => ArrayLike<Cell>
}

interface ArqueroLike {
  readonly columnNames: () => string[]
  readonly numRows: () => number
  readonly array: (name: string) => ArrayLike<unknown>
}

/** Recognises an Arquero table, and an array of plain objects. */
export function asRows(value: unknown): Rows | undefined {
  if (isArquero(value)) {
    const length = value.numRows()
    return { names: value.columnNames(), length, column: name => columnOf(value.array(name)) }
  }
  if (!Array.isArray(value) || value.length === 0 || !value.every(isPlainObject)) return undefined
  const rows = value as Record<string, unknown>[]
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))]
  if (names.length === 0) return undefined
  return { names, length: rows.length, column: name => cellsOf(rows.map(row => row[name])) }
}

/** As a table of the library's own is shown: pages in HTML, and text. */
export function rowsBundle({ names, length, column }: Rows): MimeBundle {
  return renderTable(names, column, length)
}

/** A million numbers are not looked at one by one. */
function columnOf(values: ArrayLike<unknown>): ArrayLike<Cell> {
  return values instanceof Float64Array ? values : cellsOf(Array.from(values))
}

/** Cells of one kind: where values are of several, or of one that a table does not know, they are shown as text. */
function cellsOf(values: readonly unknown[]): readonly Cell[] {
  const known = values.map(value =>
    value === undefined || (value instanceof Date && Number.isNaN(value.getTime())) ? null : value,
  )
  const kinds = new Set(known.filter(value => value !== null).map(kindOf))
  const [kind] = kinds
  if (kinds.size < 2 && kind !== 'other') return known.map(value => (typeof value === 'bigint' ? Number(value) : (value as Cell)))
  // Beside other kinds a text stands in quotes: '1' is not 1.
  const isMixed = kinds.size > 1
  return known.map(value =>
    value === null || (typeof value === 'string' && !isMixed) ? value : inspect(value, { depth: 1, breakLength: Infinity }),
  )
}

function kindOf(value: unknown): string {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? 'number' : 'other'
  if (value instanceof Date) return 'date'
  return typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol' ? 'other' : typeof value
}

function isArquero(value: unknown): value is ArqueroLike {
  if (typeof value !== 'object' || value === null) return false
  const table = value as Partial<ArqueroLike>
  return typeof table.columnNames === 'function' && typeof table.numRows === 'function' && typeof table.array === 'function'
}

function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
