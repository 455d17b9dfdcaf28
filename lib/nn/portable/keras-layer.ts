/** A trained value with its shape. */
export interface KerasWeight {
  readonly name: string
  readonly dims: readonly number[]
  readonly values: Float32Array
}

/** A layer as Keras, and with it TensorFlow.js' LayersModel, has it. */
export interface KerasLayer {
  readonly className: string
  /** In Keras' own names. */
  readonly config: Readonly<Record<string, unknown>>
  /** Its trained values, made of ours, which `own` gives by the name that the layer calls them. */
  readonly weights: (own: (name: string) => Float32Array) => readonly KerasWeight[]
}

/** Without trained values. */
export const bareKeras = (className: string, config: KerasLayer['config'] = {}): KerasLayer => ({
  className,
  config,
  weights: () => [],
})

/** A matrix of so many columns. */
export const kerasMatrix = (name: string, values: Float32Array, columns: number): KerasWeight => ({
  name,
  dims: [values.length / columns, columns],
  values,
})

export const kerasVector = (name: string, values: Float32Array): KerasWeight => ({ name, dims: [values.length], values })

/** The columns of matrices side by side, as one. */
export function sideBySide(rows: number, ...parts: readonly Float32Array[]): Float32Array {
  const columns = parts.map(part => part.length / rows)
  const width = columns.reduce((all, each) => all + each, 0)
  const joined = new Float32Array(rows * width)
  let from = 0
  parts.forEach((part, p) => {
    const own = columns[p] as number
    for (let row = 0; row < rows; row++) joined.set(part.subarray(row * own, (row + 1) * own), row * width + from)
    from += own
  })
  return joined
}
