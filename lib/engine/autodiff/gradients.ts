import { EngineError } from '../../errors/index.ts'
import type { Node, Op } from '../graph/node.ts'
import { showShape } from '../graph/shape.ts'
import { constant } from '../graph/sources.ts'
import { topological } from '../graph/topological.ts'
import { expansionOf, type Backward } from './expansions.ts'
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
    for (const [to, part] of partsOf(each, flow))
      if (part !== undefined && reaching.has(to)) flows.set(to, [...(flows.get(to) ?? []), unrepeat(part, to)])
  }
  return withRespectTo.map(each => {
    const all = flows.get(each)
    return all && total(all)
  })
}

/** What flows from a node to others before it: to its operands by its own rule, else by way of what it comes to. */
function partsOf(each: Node, flow: Node): readonly (readonly [to: Node, part: Node | undefined])[] {
  const expansion = expansionOf(each, backToLeaves)
  if (expansion === undefined) {
    const parts = (RULES[each.op] as Rule<Op>)(each, flow)
    return each.inputs.map((input, i) => [input, parts[i]])
  }
  const parts = backward(expansion.value, flow, expansion.over, new Set(expansion.over))
  return expansion.over.map((to, i) => [to, parts[i]])
}

const backToLeaves: Backward = (of, seed, to) => {
  const flows = backward(of, seed, to, new Set(to))
  return to.map((each, i) => flows[i] ?? constant(0, each.shape))
}
