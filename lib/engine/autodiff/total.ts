import { concat, pad } from '../graph/arrange.ts'
import { add } from '../graph/elementwise.ts'
import { operand, type Node } from '../graph/node.ts'

/** A gradient that lies along an axis from `start` to `end`, with zeros around it. */
interface Stretch {
  readonly padded: Node<'pad'>
  readonly axis: number
  readonly start: number
  readonly end: number
}

/** The sum of gradients that met at one node. Stretches of an axis that lie end to end, as the slices of a sequence give them, are laid so: nothing is added. */
export function total(gradients: readonly Node[]): Node {
  const parts: (Node | Stretch[])[] = []
  for (const each of gradients) {
    const [own, last] = [stretch(each), parts.at(-1)]
    if (own !== undefined && Array.isArray(last) && meet(last, own)) last.push(own)
    else parts.push(own === undefined ? each : [own])
  }
  return parts.map(each => (Array.isArray(each) ? laid(each) : each)).reduce(add)
}

function stretch(node: Node): Stretch | undefined {
  if (node.op !== 'pad') return undefined
  const padded = node as Node<'pad'>
  const { axis, before } = padded.attributes
  return { padded, axis, start: before, end: before + (operand(padded, 0).shape[axis] as number) }
}

/** Whether one more lies before the first or after the last of those that lie end to end. */
function meet(known: readonly Stretch[], { axis, start, end }: Stretch): boolean {
  return known[0]?.axis === axis && (edge(known, 'start') === end || edge(known, 'end') === start)
}

function edge(known: readonly Stretch[], which: 'start' | 'end'): number {
  return known.map(each => each[which]).reduce((a, b) => (which === 'start' ? Math.min(a, b) : Math.max(a, b)))
}

function laid(parts: readonly Stretch[]): Node {
  const [first] = parts as readonly [Stretch]
  if (parts.length === 1) return first.padded
  const { axis } = first
  const inner = parts.toSorted((a, b) => a.start - b.start).map(({ padded }) => operand(padded, 0))
  return pad(concat(inner, axis), axis, edge(parts, 'start'), (first.padded.shape[axis] as number) - edge(parts, 'end'))
}
