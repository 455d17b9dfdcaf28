import { EngineError } from '../../errors/index.ts'
import { node, type Node } from './node.ts'
import { asShape, axisOf, sameShape, showShape, sizeOf, type Shape } from './shape.ts'

/** Positions `start` … `end - 1` of an axis (-1 is the last). Errors: `EngineError` for a range outside it, or an axis that is the batch or not there. */
export function slice(x: Node, axis: number, start: number, end: number): Node {
  const along = axisOf('slice', x.shape, axis)
  const dim = x.shape[along]
  const whole = Number.isInteger(start) && Number.isInteger(end)
  if (typeof dim !== 'number' || !(whole && start >= 0 && start < end && end <= dim)) {
    throw new EngineError({
      code: 'bad-slice',
      what: `cannot take ${start} to ${end} of axis ${axis}`,
      where: `shape ${showShape(x.shape)}`,
      remedy: 'give whole numbers within an axis of fixed length',
    })
  }
  if (start === 0 && end === dim) return x
  const dims = x.shape.map((each, i) => (i === along ? end - start : each))
  return node('slice', [x], dims, { axis: along, start })
}

/** Zeros before and after along an axis of fixed length (-1 is the last). Errors: `EngineError` for the batch, and for counts that are not whole. */
export function pad(x: Node, axis: number, before: number, after: number): Node {
  const along = axisOf('pad', x.shape, axis)
  const dim = x.shape[along]
  if (typeof dim !== 'number' || ![before, after].every(count => Number.isInteger(count) && count >= 0)) {
    throw new EngineError({
      code: 'bad-pad',
      what: `cannot put ${before} zeros before and ${after} after axis ${axis}`,
      where: `shape ${showShape(x.shape)}`,
      remedy: 'give whole counts of at least 0, and an axis of fixed length',
    })
  }
  if (before === 0 && after === 0) return x
  const dims = x.shape.map((each, i) => (i === along ? dim + before + after : each))
  return node('pad', [x], dims, { axis: along, before, after })
}

/** Nodes one after another along an axis (-1 is the last); the other axes agree. Errors: `EngineError` where they do not, or the axis is not there. */
export function concat(parts: readonly Node[], axis: number): Node {
  const [head] = parts
  const along = head === undefined ? axis : axisOf('concat', head.shape, axis)
  const bad =
    head === undefined ||
    parts.some(
      ({ shape }) =>
        shape.length !== head.shape.length ||
        shape[along] === 'batch' ||
        shape.some((dim, i) => i !== along && dim !== head.shape[i]),
    )
  if (bad)
    throw new EngineError({
      code: 'bad-concat',
      what: `cannot join ${parts.map(({ shape }) => showShape(shape)).join(', ')} along axis ${axis}`,
      remedy: 'all other axes must agree',
    })
  if (parts.length === 1) return head
  const length = parts.reduce((all, { shape }) => all + (shape[along] as number), 0)
  const dims = head.shape.map((dim, i) => (i === along ? length : dim))
  return node('concat', parts, dims, { axis: along })
}

/** Rows and columns exchanged; neither may be the batch. */
export function transpose(x: Node): Node {
  return node('transpose', [x], x.shape.toReversed(), {})
}

/** The same elements in the same order under another shape. Errors: `EngineError` for another number of elements, or what is no shape. */
export function reshape(x: Node, shape: Shape): Node {
  if (sameShape(x.shape, shape)) return x
  const [from, to] = [sizeOf(x.shape), sizeOf(asShape('reshape', shape))]
  if (from.count !== to.count || from.perRow !== to.perRow) {
    throw new EngineError({
      code: 'bad-reshape',
      what: `${showShape(x.shape)} cannot become ${showShape(shape)}`,
      remedy: 'the number of elements must stay',
    })
  }
  return node('reshape', [x], shape, {})
}
