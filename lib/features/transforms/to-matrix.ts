import { SchemaError } from '../../errors/index.ts'
import type { Cell, Row, Table } from '../../schema/index.ts'

/** Numbers in row-major order: value (r, c) is `data[r * columns + c]`. */
export interface Matrix {
  readonly data: Float64Array
  readonly rows: number
  readonly columns: number
}

type MatrixKeys<R extends Row> = { [K in keyof R]: [R[K]] extends [number | boolean | null] ? K : never }[keyof R] & string

/**
 * Numeric columns as a row-major matrix (rows, columns) for a model; yes is 1, no is 0, missing is NaN.
 *
 * @throws LeakageError for anything but observed values, SchemaError for text
 */
export function toMatrix<R extends Row>(table: Table<R, 'observed'>, columns: readonly MatrixKeys<R>[]): Matrix {
  table.requireWhen('observed', 'toMatrix')
  const [rows, width] = [table.length, columns.length]
  const data = new Float64Array(rows * width)
  columns.forEach((name, c) => {
    const values = table.column(name) as ArrayLike<Cell>
    for (let r = 0; r < rows; r++) {
      const value = values[r] as Cell
      if (value !== null && typeof value !== 'number' && typeof value !== 'boolean') {
        throw new SchemaError({
          code: 'not-numeric',
          what: `column "${name}" holds ${JSON.stringify(value)}, which is no number`,
          where: `row ${r}`,
          remedy: 'encode it first, with oneHot or frequencyEncode',
        })
      }
      data[r * width + c] = value === null ? NaN : Number(value)
    }
  })
  return { data, rows, columns: width }
}
