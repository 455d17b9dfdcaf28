import { mean, type Node } from '../../engine/index.ts'

/** The loss of each row, (batch, 1), from a network's output and the target of as many rows. */
export type Loss = (output: Node, target: Node) => Node

/** The mean over the columns of each row. */
export const overColumns = (x: Node): Node => mean(x, x.shape.length - 1)
