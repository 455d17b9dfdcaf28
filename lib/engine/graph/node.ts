import { asShape, type Dim, type Shape } from './shape.ts'

/** What an operation carries beside its operands. The keys are all operations there are. */
export interface OpAttributes {
  /** Rows of a data set, by name. */
  readonly input: { readonly name: string }
  /** Trained values, by name. */
  readonly parameter: { readonly name: string }
  /** One value throughout. */
  readonly constant: { readonly value: number }
  /** The number of rows of the batch, as a scalar. */
  readonly rows: NoAttributes
  /** 1 / (1 - rate) with probability 1 - rate, else 0; fixed by seed, step, stream and position. */
  readonly dropoutMask: { readonly rate: number; readonly stream: number }
  readonly uniform: { readonly stream: number }
  readonly normal: { readonly stream: number }

  readonly negate: NoAttributes
  readonly relu: NoAttributes
  readonly sigmoid: NoAttributes
  readonly tanh: NoAttributes
  readonly softplus: NoAttributes
  readonly exp: NoAttributes
  readonly log: NoAttributes
  readonly sqrt: NoAttributes
  readonly square: NoAttributes
  readonly abs: NoAttributes
  readonly sign: NoAttributes
  readonly erf: NoAttributes
  readonly clip: { readonly low: number; readonly high: number }

  readonly add: NoAttributes
  readonly subtract: NoAttributes
  readonly multiply: NoAttributes
  readonly divide: NoAttributes
  readonly maximum: NoAttributes
  readonly minimum: NoAttributes
  /** 1 where it holds, else 0. */
  readonly greater: NoAttributes
  readonly greaterEqual: NoAttributes
  readonly equal: NoAttributes
  /** The first operand where the second is above 0, else 0. */
  readonly gate: NoAttributes
  /** The second operand where the first is not 0, else the third. */
  readonly select: NoAttributes

  /** A B, either transposed first; a three-axis A is taken as (batch · time, columns). */
  readonly product: { readonly transposeA: boolean; readonly transposeB: boolean }
  /** The sum over one axis, which stays with length 1. */
  readonly sum: { readonly axis: number }
  /** The largest over one axis, which stays with length 1. */
  readonly max: { readonly axis: number }
  /** Repeats an axis of length 1 to that of the node's shape. */
  readonly repeat: { readonly axis: number }
  readonly slice: { readonly axis: number; readonly start: number }
  /** Zeros before and after along an axis. */
  readonly pad: { readonly axis: number; readonly before: number; readonly after: number }
  readonly concat: { readonly axis: number }
  readonly transpose: NoAttributes
  readonly reshape: NoAttributes
  /** Its operand, through which no gradient flows; programs leave it out. */
  readonly stopGradient: NoAttributes
  /** Rows of a table by their numbers, (n, columns) and (…, 1) to (…, columns); NaN for a number that is no row. */
  readonly gather: NoAttributes
  /** Rows (…, columns) added up by their numbers (…, 1) to (rows, columns); a number that is no row is passed by. */
  readonly scatterAdd: NoAttributes

  /** Each row, or each column, brought to mean 0 and variance 1 (graph/normalise.ts). */
  readonly normalise: { readonly each: 'row' | 'column'; readonly epsilon: number }
  /** From the gradient of what `normalise` made and its operand, the gradient of that. */
  readonly normaliseSlopes: { readonly each: 'row' | 'column'; readonly epsilon: number }

  /** A whole GRU (graph/recurrent.ts): (batch, time, 3 units), (units, 2 units) and (units, units) to h, z, r and candidate side by side. */
  readonly gru: NoAttributes
  /** From the gradient of h, what `gru` made, and its two weights, the gradient of its first operand. */
  readonly gruSlopes: NoAttributes
  /** From what `gru` made and `gruSlopes` answered, the gradients of its weights side by side, (units, 3 units). */
  readonly gruWeights: NoAttributes
  /** A whole LSTM: (batch, time, 4 units) and (units, 4 units) to h, c, i, f, candidate and o side by side. */
  readonly lstm: NoAttributes
  /** From the gradient of h, what `lstm` made, and its weights, the gradient of its first operand. */
  readonly lstmSlopes: NoAttributes
  /** From what `lstm` made and `lstmSlopes` answered, the gradient of its weights. */
  readonly lstmWeights: NoAttributes
}

type NoAttributes = { readonly [name in never]: never }

export type Op = keyof OpAttributes

/** A value of the graph: an operation over other nodes. Immutable data; nothing is computed until a device runs it. */
export type Node<K extends Op = Op> = {
  readonly [P in K]: {
    readonly op: P
    readonly inputs: readonly Node[]
    readonly shape: Shape
    readonly attributes: OpAttributes[P]
  }
}[K]

/** Errors: `EngineError` for what is no shape. */
export function node<K extends Op>(op: K, inputs: readonly Node[], dims: readonly Dim[], attributes: OpAttributes[K]): Node {
  return { op, inputs, shape: asShape(op, dims), attributes } as unknown as Node
}

export function operand(of: Node, index: number): Node {
  return of.inputs[index] as Node
}
