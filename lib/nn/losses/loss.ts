import { mean, sameShape, showShape, type Node } from '../../engine/index.ts'
import { EngineError } from '../../errors/index.ts'

/** The loss of each row, (batch, 1), from a network's output and the target of as many rows. Errors: `EngineError` for columns that it does not take. */
export type Loss = (output: Node, target: Node) => Node

/** The mean over the columns of each row. */
export const overColumns = (x: Node): Node => mean(x, -1)

/** Refuses a target of another shape than the output's. */
export function requireAlike(loss: string, output: Node, target: Node): void {
  if (!sameShape(output.shape, target.shape)) throw unfit(loss, output, target, 'as many columns of the target as of the output')
}

/** Refuses other columns than those that a loss is made of. */
export function requireColumns(loss: string, output: Node, target: Node, outputs: readonly string[]): void {
  const fit = output.shape.length === 2 && target.shape.length === 2
  if (fit && output.shape[1] === outputs.length && target.shape[1] === 1) return
  throw unfit(loss, output, target, `${outputs.length} columns of output (${outputs.join(', ')}) and one of the target`)
}

export function unfit(loss: string, output: Node, target: Node, wanted: string): EngineError {
  return new EngineError({
    code: 'loss-columns',
    what: `"${loss}" cannot take an output of ${showShape(output.shape)} and a target of ${showShape(target.shape)}`,
    remedy: `it takes ${wanted}: change the last layer, or \`targets\` of the network`,
  })
}
