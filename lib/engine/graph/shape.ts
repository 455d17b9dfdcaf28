import { EngineError } from '../../errors/index.ts'

/** A length fixed when the graph is built, or `'batch'`: the rows of whatever batch is run. Only the first axis may be it. */
export type Dim = number | 'batch'

/** Two axes (rows, columns) or three (batch, time, columns). A scalar is (1, 1). */
export type Shape = readonly [Dim, number] | readonly [Dim, number, number]

export const SCALAR: Shape = [1, 1]

/** A count of elements that may scale with the batch: `count` times the rows of the batch, or `count` as it stands. */
export interface Size {
  readonly count: number
  readonly perRow: boolean
}

export function sizeOf(dims: readonly Dim[]): Size {
  let count = 1
  for (const dim of dims) if (dim !== 'batch') count *= dim
  return { count, perRow: dims.includes('batch') }
}

/** The elements of a shape when a batch has `rows` rows. */
export function elements(shape: Shape, rows: number): number {
  const { count, perRow } = sizeOf(shape)
  return perRow ? count * rows : count
}

export function dimsOf(shape: Shape, rows: number): number[] {
  return shape.map(dim => (dim === 'batch' ? rows : dim))
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis])
}

export function showShape(shape: readonly Dim[]): string {
  return `(${shape.join(', ')})`
}

export function columnsOf(shape: Shape): number {
  return shape[shape.length - 1] as number
}

/** The shape of an elementwise result: axes agree or one of them is 1. Errors: `EngineError` for shapes that do not meet. */
export function broadcastShapes(op: string, shapes: readonly Shape[]): Shape {
  const axes = Math.max(...shapes.map(shape => shape.length))
  const dims: Dim[] = []
  for (let axis = 0; axis < axes; axis++) {
    let dim: Dim = 1
    for (const shape of shapes) {
      const own = shape[axis + shape.length - axes] ?? 1
      if (own === 1 || own === dim) continue
      if (dim !== 1) {
        throw new EngineError({
          code: 'shapes-do-not-meet',
          what: `"${op}" cannot take shapes ${shapes.map(showShape).join(' and ')}`,
          where: `axis ${axis}: ${dim} against ${own}`,
          remedy: 'make the axes equal, or 1 where a value is to be repeated',
        })
      }
      dim = own
    }
    dims.push(dim)
  }
  return asShape(op, dims)
}

/**
 * An axis by its number from the front, or from the end where it is below 0: -1 is the last. Errors: `EngineError` for one that is not there.
 */
export function axisOf(op: string, shape: Shape, axis: number): number {
  const found = axis < 0 ? axis + shape.length : axis
  if (Number.isInteger(found) && found >= 0 && found < shape.length) return found
  throw new EngineError({
    code: 'bad-axis',
    what: `"${op}" has no axis ${axis}`,
    where: `shape ${showShape(shape)}`,
    remedy: `count from 0 to ${shape.length - 1}, or from the end from -1 to -${shape.length}`,
  })
}

/** Errors: `EngineError` for what is no shape: other than 2 or 3 axes, a length below 1, or a batch that is not the first axis. */
export function asShape(op: string, dims: readonly Dim[]): Shape {
  const good =
    (dims.length === 2 || dims.length === 3) &&
    dims.every((dim, axis) => (dim === 'batch' ? axis === 0 : Number.isInteger(dim) && dim >= 1))
  if (good) return dims as unknown as Shape
  throw new EngineError({
    code: 'bad-shape',
    what: `"${op}" cannot have the shape ${showShape(dims)}`,
    remedy: 'use 2 or 3 axes of at least 1; only the first may be the batch',
  })
}
