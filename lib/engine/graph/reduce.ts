import { EngineError } from '../../errors/index.ts'
import { divide } from './elementwise.ts'
import { node, type Node } from './node.ts'
import { axisOf, showShape, type Dim } from './shape.ts'
import { rowCount } from './sources.ts'

/** The sum over one axis, which stays with length 1; -1 is the last axis. Errors: `EngineError` for one that is not there. */
export function sum(x: Node, axis: number): Node {
  const along = axisOf('sum', x.shape, axis)
  if (x.shape[along] === 1) return x
  return node('sum', [x], withAxis(x, along, 1), { axis: along })
}

/** The sum of all elements, with every axis of length 1. */
export function sumAll(x: Node): Node {
  return x.shape.reduceRight((acc: Node, _, axis) => sum(acc, axis), x)
}

/** The mean over one axis (-1 is the last); over the batch it divides by the rows that are there. Errors: `EngineError` for one that is not there. */
export function mean(x: Node, axis: number): Node {
  const along = axisOf('mean', x.shape, axis)
  const dim = x.shape[along] as Dim
  return divide(sum(x, along), dim === 'batch' ? rowCount() : dim)
}

/**
 * The largest over one axis, which stays with length 1; elements that share it share its gradient; -1 is the last axis. Errors: `EngineError` over
 * the batch, or for an axis that is not there.
 */
export function max(x: Node, axis: number): Node {
  const along = axisOf('max', x.shape, axis)
  if (x.shape[along] === 1) return x
  if (x.shape[along] === 'batch')
    throw new EngineError({
      code: 'bad-axis',
      what: 'the largest over the batch',
      remedy: 'take it over an axis of fixed length',
    })
  return node('max', [x], withAxis(x, along, 1), { axis: along })
}

/** The mean of all elements, with every axis of length 1; over the batch it divides by the rows that are there. */
export function meanAll(x: Node): Node {
  return x.shape.reduceRight((acc: Node, _, axis) => mean(acc, axis), x)
}

/** Repeats an axis of length 1; -1 is the last. Errors: `EngineError` for an axis that is not there, or is longer. */
export function repeat(x: Node, axis: number, length: Dim): Node {
  const along = axisOf('repeat', x.shape, axis)
  if (x.shape[along] === length) return x
  if (x.shape[along] !== 1)
    throw new EngineError({
      code: 'bad-axis',
      what: `"repeat" along axis ${axis}, which is ${x.shape[along]} long`,
      where: `shape ${showShape(x.shape)}`,
      remedy: 'repeat an axis of length 1',
    })
  return node('repeat', [x], withAxis(x, along, length), { axis: along })
}

const withAxis = (x: Node, axis: number, length: Dim): readonly Dim[] => x.shape.map((dim, i) => (i === axis ? length : dim))
