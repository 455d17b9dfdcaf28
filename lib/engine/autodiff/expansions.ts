import { operand, type Node, type Op } from '../graph/node.ts'
import { slopesPlainly } from '../graph/normalise.ts'

/** What an operation comes to in others, for operations whose own gradient is taken by way of them: over its operands as they stand. */
const EXPANSIONS: { readonly [K in Op]?: (y: Node<K>) => Node } = {
  normaliseSlopes: y => slopesPlainly(operand(y, 0), operand(y, 1), y.attributes.each, y.attributes.epsilon),
}

export function expansionOf(y: Node): Node | undefined {
  return (EXPANSIONS[y.op] as ((y: Node) => Node) | undefined)?.(y)
}
