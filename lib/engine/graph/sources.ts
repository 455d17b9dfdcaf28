import { EngineError } from '../../errors/index.ts'
import { node, type Node } from './node.ts'
import { SCALAR, type Shape } from './shape.ts'

/** Rows of a data set: (batch, columns), or (batch, time, columns). */
export function input(name: string, columns: number, time?: number): Node {
  return node('input', [], time === undefined ? ['batch', columns] : ['batch', time, columns], { name })
}

/** Values that training changes, (rows, columns). */
export function parameter(name: string, rows: number, columns: number): Node {
  return node('parameter', [], [rows, columns], { name })
}

/** One value throughout a shape, a scalar unless given. Errors: `EngineError` for what is no shape. */
export function constant(value: number, shape: Shape = SCALAR): Node {
  return node('constant', [], shape, { value })
}

/** The number of rows of the batch that is run, a scalar. */
export function rowCount(): Node {
  return node('rows', [], SCALAR, {})
}

/**
 * The mask of inverted dropout (Srivastava et al. 2014, section 10): 0 with probability `rate`, else 1 / (1 - rate). Unequal
 * streams are independent; each step of training draws anew. Errors: `EngineError` for a rate outside [0, 1).
 */
export function dropoutMask(shape: Shape, rate: number, stream: number): Node {
  if (!(rate >= 0 && rate < 1))
    throw new EngineError({
      code: 'bad-rate',
      what: `a dropout rate of ${rate}`,
      remedy: 'give a rate from 0 up to, not including, 1',
    })
  return node('dropoutMask', [], shape, { rate, stream })
}

/** Uniform on [0, 1). */
export function randomUniform(shape: Shape, stream: number): Node {
  return node('uniform', [], shape, { stream })
}

/** Standard normal. */
export function randomNormal(shape: Shape, stream: number): Node {
  return node('normal', [], shape, { stream })
}
