import { slice } from '../graph/arrange.ts'
import { node, operand } from '../graph/node.ts'
import type { Rule } from './rule.ts'

export const gruRule: Rule<'gru'> = (y, g) => {
  const [seen, gates, candidate] = [operand(y, 0), operand(y, 1), operand(y, 2)]
  const units = candidate.shape[0] as number
  const slopes = node('gruSlopes', [slice(g, 2, 0, units), y, gates, candidate], seen.shape, {})
  const weights = node('gruWeights', [y, slopes], [units, 3 * units], {})
  return [slopes, slice(weights, 1, 0, 2 * units), slice(weights, 1, 2 * units, 3 * units)]
}

export const lstmRule: Rule<'lstm'> = (y, g) => {
  const [seen, weights] = [operand(y, 0), operand(y, 1)]
  const units = weights.shape[0] as number
  const slopes = node('lstmSlopes', [slice(g, 2, 0, units), y, weights], seen.shape, {})
  return [slopes, node('lstmWeights', [y, slopes], weights.shape, {})]
}
