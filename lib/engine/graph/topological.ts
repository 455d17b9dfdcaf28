import type { Node } from './node.ts'

/** All nodes that the roots depend on, operands before what uses them; the order depends on the graph alone. */
export function topological(roots: readonly Node[]): readonly Node[] {
  const done = new Set<Node>()
  const order: Node[] = []
  const stack: { readonly node: Node; next: number }[] = []
  for (const root of roots) {
    if (done.has(root)) continue
    stack.push({ node: root, next: 0 })
    done.add(root)
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const child = top.node.inputs[top.next++]
      if (child === undefined) {
        order.push(top.node)
        stack.pop()
      } else if (!done.has(child)) {
        done.add(child)
        stack.push({ node: child, next: 0 })
      }
    }
  }
  return order
}
