import { EngineError } from '../../errors/index.ts'
import type { Node, Op } from '../graph/node.ts'
import { showShape } from '../graph/shape.ts'
import { constant } from '../graph/sources.ts'
import { topological } from '../graph/topological.ts'
import type { Rule } from './rule.ts'
import { RULES, unrepeat } from './rules.ts'
import { total } from './total.ts'

/**
 * The gradients of a scalar with respect to some nodes, as nodes: they can be differentiated again. A node that the scalar does not
 * depend on has gradient 0. Errors: `EngineError` when `of` is no scalar.
 */
export function gradients(of: Node, withRespectTo: readonly Node[]): readonly Node[] {
  if (of.shape.some(dim => dim !== 1)) {
    throw new EngineError({
      code: 'not-a-scalar',
      what: `the gradient of something of shape ${showShape(of.shape)}`,
      remedy: 'reduce it to one number first (meanAll, sumAll)',
    })
  }
  const order = topological([of])
  const reaching = new Set<Node>(withRespectTo)
  for (const each of order) if (each.inputs.some(input => reaching.has(input))) reaching.add(each)
  const flows = new Map<Node, Node[]>([[of, [constant(1, of.shape)]]])
  for (const each of order.toReversed()) {
    const all = flows.get(each)
    if (all === undefined || !reaching.has(each)) continue
    const flow = total(all)
    flows.set(each, [flow])
    const parts = (RULES[each.op] as Rule<Op>)(each, flow)
    each.inputs.forEach((input, i) => {
      const part = parts[i]
      if (part === undefined || !reaching.has(input)) return
      const own = unrepeat(part, input)
      flows.set(input, [...(flows.get(input) ?? []), own])
    })
  }
  return withRespectTo.map(each => total(flows.get(each) ?? [constant(0, each.shape)]))
}
