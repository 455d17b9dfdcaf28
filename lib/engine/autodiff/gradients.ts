import { EngineError } from '../../errors/index.ts'
import type { Node, Op } from '../graph/node.ts'
import { showShape } from '../graph/shape.ts'
import { constant } from '../graph/sources.ts'
import { topological } from '../graph/topological.ts'
import { expansionOf } from './expansions.ts'
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
  const flows = backward(of, constant(1, of.shape), withRespectTo)
  return withRespectTo.map((each, i) => flows[i] ?? constant(0, each.shape))
}

/** What flows back to some nodes, given what flows to `of`; none of it flows on through `leaves`. Undefined where nothing does. */
function backward(
  of: Node,
  seed: Node,
  withRespectTo: readonly Node[],
  leaves: ReadonlySet<Node> = new Set(),
): readonly (Node | undefined)[] {
  const order = topological([of])
  const reaching = new Set<Node>(withRespectTo)
  for (const each of order) if (each.inputs.some(input => reaching.has(input))) reaching.add(each)
  const flows = new Map<Node, Node[]>([[of, [seed]]])
  for (const each of order.toReversed()) {
    const all = flows.get(each)
    if (all === undefined || leaves.has(each) || !reaching.has(each)) continue
    const flow = total(all)
    flows.set(each, [flow])
    const parts = partsOf(each, flow)
    each.inputs.forEach((input, i) => {
      const part = parts[i]
      if (part === undefined || !reaching.has(input)) return
      flows.set(input, [...(flows.get(input) ?? []), unrepeat(part, input)])
    })
  }
  return withRespectTo.map(each => {
    const all = flows.get(each)
    return all && total(all)
  })
}

/** What flows to the operands of a node: by its own rule, else by way of what it comes to. */
function partsOf(each: Node, flow: Node): readonly (Node | undefined)[] {
  const expansion = expansionOf(each)
  return expansion === undefined
    ? (RULES[each.op] as Rule<Op>)(each, flow)
    : backward(expansion, flow, each.inputs, new Set(each.inputs))
}
