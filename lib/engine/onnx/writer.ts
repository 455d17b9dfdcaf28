import type { Shape } from '../graph/shape.ts'
import type { Attribute, OnnxNode, Tensor, Value } from './model.ts'

/** Collects the nodes and constants of a graph, and names what they make. */
export class OnnxWriter {
  readonly nodes: OnnxNode[] = []
  readonly tensors: Tensor[] = []
  readonly inputs: Value[] = []
  private readonly constants = new Map<string, string>()
  private made = 0
  private rowCount: string | undefined

  /** The name of what an operator makes of other values. */
  node(operator: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    const output = `${operator.toLowerCase()}-${this.made++}`
    this.nodes.push({ operator, inputs, output, attributes })
    return output
  }

  input(name: string, shape: Shape): string {
    if (!this.inputs.some(each => each.name === name)) this.inputs.push({ name, dims: [...shape] })
    return name
  }

  tensor(name: string, dims: readonly number[], values: Float32Array): string {
    this.tensors.push({ name, dims, values })
    return name
  }

  /** The same number throughout; equal constants are kept once. */
  number(value: number): string {
    return this.constant(`number ${value}`, [], Float32Array.of(value))
  }

  /** Whole numbers, as shapes and axes are given. */
  whole(...values: readonly number[]): string {
    return this.constant(`whole ${values.join(' ')}`, [values.length], values)
  }

  floats(name: string, dims: readonly number[], values: Float32Array): string {
    return this.constant(name, dims, values)
  }

  /** A shape for `Reshape`: the rows of the batch are what is left. */
  reshaped(x: string, dims: readonly (number | 'batch')[]): string {
    return this.node('Reshape', [x, this.whole(...dims.map(dim => (dim === 'batch' ? -1 : dim)))])
  }

  /** The lengths of a shape when the graph runs, for `Expand`. */
  shape(dims: readonly (number | 'batch')[]): string {
    if (!dims.includes('batch')) return this.whole(...(dims as readonly number[]))
    return this.node(
      'Concat',
      dims.map(dim => (dim === 'batch' ? this.rows() : this.whole(dim))),
      { axis: 0 },
    )
  }

  /** How many rows a run has, as a list of one whole number. */
  rows(): string {
    this.rowCount ??= this.node('Shape', [(this.inputs.find(({ dims }) => dims[0] === 'batch') as Value).name], {
      start: 0,
      end: 1,
    })
    return this.rowCount
  }

  private constant(key: string, dims: readonly number[], values: Float32Array | readonly number[]): string {
    const known = this.constants.get(key)
    if (known !== undefined) return known
    const name = `constant-${this.constants.size}`
    this.constants.set(key, name)
    this.tensors.push({ name, dims, values })
    return name
  }
}
