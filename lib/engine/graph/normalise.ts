import { EngineError } from '../../errors/index.ts'
import { add, divide, multiply, sqrt, square, subtract } from './elementwise.ts'
import { node, type Node } from './node.ts'
import { mean } from './reduce.ts'

/** What is brought to mean 0 and variance 1: each row over its columns, or each column over all rows (steps of time are rows, too). */
export type Normalised = 'row' | 'column'

/** (x - mean) / √(variance + epsilon) of each row or each column, the variance being the mean of squares. Errors: `EngineError` for other words. */
export function normalise(x: Node, each: Normalised, epsilon: number): Node {
  if ((each !== 'row' && each !== 'column') || !(epsilon >= 0))
    throw new EngineError({
      code: 'bad-normalise',
      what: `cannot normalise each "${each}" with an epsilon of ${epsilon}`,
      remedy: "give 'row' or 'column', and an epsilon of at least 0",
    })
  return node('normalise', [x], x.shape, { each, epsilon })
}

/** From the gradient of what `normalise` makes of x, that of x; as a composition of other operations, which can be differentiated again. */
export function slopesPlainly(g: Node, x: Node, each: Normalised, epsilon: number): Node {
  const centred = subtract(x, meanOf(x, each))
  const deviation = sqrt(add(meanOf(square(centred), each), epsilon))
  const normalised = divide(centred, deviation)
  const along = multiply(normalised, meanOf(multiply(g, normalised), each))
  return divide(subtract(subtract(g, meanOf(g, each)), along), deviation)
}

/** The means of what is normalised together. */
export function meanOf(x: Node, each: Normalised): Node {
  if (each === 'row') return mean(x, x.shape.length - 1)
  return x.shape.length === 2 ? mean(x, 0) : mean(mean(x, 0), 1)
}
