/** A dense array of doubles, row-major. */
export interface Values {
  readonly dims: readonly number[]
  readonly data: Float64Array
}

export const sizeOfDims = (dims: readonly number[]): number => dims.reduce((all, dim) => all * dim, 1)

export function filled(dims: readonly number[], value: (position: number) => number): Values {
  return { dims, data: Float64Array.from({ length: sizeOfDims(dims) }, (_, i) => value(i)) }
}

/** The indices of a position, axis by axis. */
export function indices(position: number, dims: readonly number[]): number[] {
  const result: number[] = []
  let rest = position
  for (const dim of dims.toReversed()) {
    result.unshift(rest % dim)
    rest = Math.floor(rest / dim)
  }
  return result
}

/** The value at some indices, axes of length 1 repeated, missing leading axes taken as 1. */
export function read(values: Values, at: readonly number[]): number {
  const skip = at.length - values.dims.length
  let position = 0
  values.dims.forEach((dim, axis) => {
    position = position * dim + (dim === 1 ? 0 : (at[axis + skip] as number))
  })
  return values.data[position] as number
}
