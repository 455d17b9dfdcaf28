import { EngineError } from '../../errors/index.ts'
import { node, type Node } from './node.ts'
import { asShape, sameShape, showShape, sizeOf, type Shape } from './shape.ts'

/** Positions `start` … `end - 1` of an axis. Errors: `EngineError` for a range outside it, or an axis that is the batch. */
export function slice(x: Node, axis: number, start: number, end: number): Node {
  const dim = x.shape[axis]
  if (typeof dim !== 'number' || !(start >= 0 && start < end && end <= dim)) {
    throw new EngineError({
      code: 'bad-slice',
      what: `cannot take ${start} to ${end} of axis ${axis}`,
      where: `shape ${showShape(x.shape)}`,
      remedy: 'stay within an axis of fixed length',
    })
  }
  if (start === 0 && end === dim) return x
  return node(
    'slice',
    [x],
    asShape(
      'slice',
      x.shape.map((each, i) => (i === axis ? end - start : each)),
    ),
    { axis, start },
  )
}

/** Zeros before and after along an axis of fixed length. */
export function pad(x: Node, axis: number, before: number, after: number): Node {
  if (before === 0 && after === 0) return x
  const dims = x.shape.map((dim, i) => (i === axis && dim !== 'batch' ? dim + before + after : dim))
  return node('pad', [x], asShape('pad', dims), { axis, before, after })
}

/** Nodes one after another along an axis; the other axes agree. */
export function concat(parts: readonly Node[], axis: number): Node {
  const [head] = parts
  const bad =
    head === undefined ||
    parts.some(
      ({ shape }) =>
        shape.length !== head.shape.length ||
        shape[axis] === 'batch' ||
        shape.some((dim, i) => i !== axis && dim !== head.shape[i]),
    )
  if (bad)
    throw new EngineError({
      code: 'bad-concat',
      what: `cannot join ${parts.map(({ shape }) => showShape(shape)).join(', ')} along axis ${axis}`,
      remedy: 'all other axes must agree',
    })
  if (parts.length === 1) return head
  const length = parts.reduce((all, { shape }) => all + (shape[axis] as number), 0)
  return node(
    'concat',
    parts,
    asShape(
      'concat',
      head.shape.map((dim, i) => (i === axis ? length : dim)),
    ),
    { axis },
  )
}

/** Rows and columns exchanged; neither may be the batch. */
export function transpose(x: Node): Node {
  return node('transpose', [x], asShape('transpose', x.shape.toReversed()), {})
}

/** The same elements in the same order under another shape. */
export function reshape(x: Node, shape: Shape): Node {
  if (sameShape(x.shape, shape)) return x
  const [from, to] = [sizeOf(x.shape), sizeOf(shape)]
  if (from.count !== to.count || from.perRow !== to.perRow) {
    throw new EngineError({
      code: 'bad-reshape',
      what: `${showShape(x.shape)} cannot become ${showShape(shape)}`,
      remedy: 'the number of elements must stay',
    })
  }
  return node('reshape', [x], shape, {})
}
