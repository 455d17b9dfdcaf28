import { EngineError } from '../../errors/index.ts'
import { node, type Node } from './node.ts'
import { columnsOf, showShape } from './shape.ts'

/**
 * Rows of a table (n, columns) by their numbers (…, 1), counted from 0: (…, columns). A number that is no row gives NaN, so that training
 * stops and names it. Errors: `EngineError` for shapes that do not fit.
 */
export function gather(table: Node, numbers: Node): Node {
  if (table.shape.length !== 2 || table.shape[0] === 'batch' || columnsOf(numbers.shape) !== 1)
    throw unfit('gather', [table, numbers])
  return node('gather', [table, numbers], [...numbers.shape.slice(0, -1), columnsOf(table.shape)], {})
}

/**
 * Values (…, columns) added up by row number (…, 1), in their order: (rows, columns). A number that is no row is passed by. Errors:
 * `EngineError` for shapes that do not fit.
 */
export function scatterAdd(values: Node, numbers: Node, rows: number): Node {
  const alike =
    values.shape.length === numbers.shape.length && values.shape.slice(0, -1).every((dim, axis) => dim === numbers.shape[axis])
  if (!alike || columnsOf(numbers.shape) !== 1) throw unfit('scatterAdd', [values, numbers])
  return node('scatterAdd', [values, numbers], [rows, columnsOf(values.shape)], {})
}

function unfit(op: string, operands: readonly Node[]): EngineError {
  return new EngineError({
    code: 'row-numbers',
    what: `"${op}" cannot take shapes ${operands.map(({ shape }) => showShape(shape)).join(' and ')}`,
    remedy: 'give the numbers of rows as one column, and a table of fixed length',
  })
}
