import { EngineError } from '../../errors/index.ts'
import { pad, slice } from '../graph/arrange.ts'
import { multiply } from '../graph/elementwise.ts'
import { node, operand, type Node } from '../graph/node.ts'
import { product } from '../graph/product.ts'
import type { Rule } from './rule.ts'

/** Part `index` of what lies side by side in columns, each `units` wide. */
const part = (x: Node, units: number, index: number, width = 1): Node => slice(x, 2, index * units, (index + width) * units)

/** The state before each step of time: 0 before the first. */
function before(states: Node): Node {
  const time = states.shape[1]
  return time === 1 ? multiply(states, 0) : pad(slice(states, 1, 0, time - 1), 1, 1, 0)
}

export const gruRule: Rule<'gru'> = (y, g) => {
  const [seen, gates, candidate] = [operand(y, 0), operand(y, 1), operand(y, 2)]
  const units = candidate.shape[0] as number
  const slopes = node('gruSlopes', [part(g, units, 0), y, gates, candidate], seen.shape, {})
  const last = before(part(y, units, 0))
  return [
    slopes,
    product(last, part(slopes, units, 0, 2), { transposeA: true }),
    product(multiply(part(y, units, 2), last), part(slopes, units, 2), { transposeA: true }),
  ]
}

export const lstmRule: Rule<'lstm'> = (y, g) => {
  const [seen, weights] = [operand(y, 0), operand(y, 1)]
  const units = weights.shape[0] as number
  const slopes = node('lstmSlopes', [part(g, units, 0), y, weights], seen.shape, {})
  return [slopes, product(before(part(y, units, 0)), slopes, { transposeA: true })]
}

/** Errors: `EngineError`: a fused recurrent layer is differentiated once. */
export const once: Rule<'gruSlopes' | 'lstmSlopes'> = y => {
  throw new EngineError({ code: 'once-differentiable', what: `the second derivative of a fused ${y.op === 'gruSlopes' ? 'GRU' : 'LSTM'}`, remedy: 'build that layer step by step from products, whose gradients can be differentiated again' })
}
