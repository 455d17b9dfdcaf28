import type { Node } from '../engine/index.ts'
import type { Random } from '../numeric/index.ts'
import type { KerasLayer } from './portable/keras-layer.ts'

/** First values of a parameter of (rows, columns). */
export type Initialiser = (rows: number, columns: number, random: Random) => Float32Array

/** Where a layer makes its parameters. */
export interface Scope {
  /** Whether the graph is for training: dropout acts only then. */
  readonly training: boolean
  /** A parameter of this layer; the same name gives the same values in training and in prediction. */
  parameter(name: string, rows: number, columns: number, start: Initialiser): Node
  /** What a batch tells of its rows, (1, columns): in training the node itself, in prediction its average over the training data. */
  statistic(name: string, ofBatch: Node, columns: number, start: Initialiser): Node
  /** A stream of random numbers of its own. */
  stream(): number
}

/** A function from nodes to nodes, with a word for its parameters' names. */
export interface Layer {
  readonly kind: string
  /** The same layer as Keras has it; absent where it has none, or another one of that name. */
  readonly keras?: KerasLayer
  build(x: Node, scope: Scope): Node
}
