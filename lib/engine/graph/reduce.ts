import { EngineError } from '../../errors/index.ts'
import { divide } from './elementwise.ts'
import { node, type Node } from './node.ts'
import { asShape, type Dim } from './shape.ts'
import { rowCount } from './sources.ts'

/** The sum over one axis, which stays with length 1. */
export function sum(x: Node, axis: number): Node {
  if (x.shape[axis] === 1) return x
  return node(
    'sum',
    [x],
    asShape(
      'sum',
      x.shape.map((dim, i) => (i === axis ? 1 : dim)),
    ),
    { axis },
  )
}

/** The sum of all elements, with every axis of length 1. */
export function sumAll(x: Node): Node {
  return x.shape.reduceRight((acc: Node, _, axis) => sum(acc, axis), x)
}

/** The mean over one axis; over the batch it divides by the rows that are there. */
export function mean(x: Node, axis: number): Node {
  const dim = x.shape[axis] as Dim
  return divide(sum(x, axis), dim === 'batch' ? rowCount() : dim)
}

/** The largest over one axis, which stays with length 1; elements that share it share its gradient. Errors: `EngineError` over the batch. */
export function max(x: Node, axis: number): Node {
  if (x.shape[axis] === 1) return x
  if (x.shape[axis] === 'batch')
    throw new EngineError({
      code: 'bad-axis',
      what: 'the largest over the batch',
      remedy: 'take it over an axis of fixed length',
    })
  return node(
    'max',
    [x],
    asShape(
      'max',
      x.shape.map((dim, i) => (i === axis ? 1 : dim)),
    ),
    { axis },
  )
}

export function meanAll(x: Node): Node {
  return x.shape.reduceRight((acc: Node, _, axis) => mean(acc, axis), x)
}

/** Repeats an axis of length 1. */
export function repeat(x: Node, axis: number, length: Dim): Node {
  if (x.shape[axis] === length) return x
  return node(
    'repeat',
    [x],
    asShape(
      'repeat',
      x.shape.map((dim, i) => (i === axis ? length : dim)),
    ),
    { axis },
  )
}
