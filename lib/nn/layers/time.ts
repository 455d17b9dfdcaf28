import { reshape, slice, type Node, type Shape } from '../../engine/index.ts'
import { EngineError } from '../../errors/index.ts'

/** The axes of a sequence. */
export interface Sequence {
  readonly time: number
  readonly columns: number
}

/** Errors: `EngineError` for what has no axis of time. */
export function sequenceOf(x: Node, layer: string): Sequence {
  if (x.shape.length === 3) return { time: x.shape[1], columns: x.shape[2] }
  throw new EngineError({
    code: 'no-time',
    what: `"${layer}" needs (batch, time, columns), not (${x.shape.join(', ')})`,
    remedy: 'give the network `time`, and keep pooling to one vector for last',
  })
}

/** One step of time as (batch, columns). */
export function stepOf(x: Node, at: number): Node {
  return reshape(slice(x, 1, at, at + 1), [x.shape[0], x.shape.at(-1) as number])
}

/** (batch, columns) as one step of time. */
export function asStep(x: Node): Node {
  return reshape(x, [x.shape[0], 1, x.shape[1] as number] as Shape)
}

/** The two halves of a list joined until one is left: as shallow as can be. */
export function joined(nodes: readonly Node[], join: (a: Node, b: Node) => Node): Node {
  if (nodes.length === 1) return nodes[0] as Node
  const half = Math.ceil(nodes.length / 2)
  return join(joined(nodes.slice(0, half), join), joined(nodes.slice(half), join))
}
