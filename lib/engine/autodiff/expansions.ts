import { concat } from '../graph/arrange.ts'
import { operand, type Node, type Op } from '../graph/node.ts'
import { slopesPlainly } from '../graph/normalise.ts'
import { gruStepByStep, lstmStepByStep } from '../graph/unrolled.ts'

/** What flows back from a node to others, which stand for nothing but themselves, given what flows to it. */
export type Backward = (of: Node, seed: Node, to: readonly Node[]) => readonly Node[]

/** What an operation comes to in others, and over which nodes: what flows to it goes to those. */
export interface Expansion {
  readonly value: Node
  readonly over: readonly Node[]
}

/** Operations whose own gradient is taken by way of what they come to: the gradients of those that are one kernel. */
const EXPANSIONS: { readonly [K in Op]?: (y: Node<K>, backward: Backward) => Expansion } = {
  normaliseSlopes: y => {
    const [g, x] = [operand(y, 0), operand(y, 1)]
    return { value: slopesPlainly(g, x, y.attributes.each, y.attributes.epsilon), over: [g, x] }
  },
  gruSlopes: (y, backward) => slopesOf(y, gruOf(operand(y, 1)), backward),
  lstmSlopes: (y, backward) => slopesOf(y, lstmOf(operand(y, 1)), backward),
  gruWeights: (y, backward) => weightsOf(operand(y, 1), gruOf(operand(y, 0)), backward),
  lstmWeights: (y, backward) => weightsOf(operand(y, 1), lstmOf(operand(y, 0)), backward),
}

export function expansionOf(y: Node, backward: Backward): Expansion | undefined {
  return (EXPANSIONS[y.op] as ((y: Node, backward: Backward) => Expansion) | undefined)?.(y, backward)
}

/** A layer over time from its kernel's node: its output step by step, and the operands, what is seen first. */
interface Layer {
  readonly output: Node
  readonly operands: readonly [Node, ...Node[]]
}

function gruOf(made: Node): Layer {
  const operands = [operand(made, 0), operand(made, 1), operand(made, 2)] as const
  return { output: gruStepByStep(...operands), operands }
}

function lstmOf(made: Node): Layer {
  const operands = [operand(made, 0), operand(made, 1)] as const
  return { output: lstmStepByStep(...operands), operands }
}

/** The gradient of what a layer sees, from that of its output: the first operand of its slopes. */
function slopesOf(slopes: Node, { output, operands }: Layer, backward: Backward): Expansion {
  const g = operand(slopes, 0)
  return { value: backward(output, g, operands)[0] as Node, over: [g, ...operands] }
}

/** The gradients of its weights side by side. */
function weightsOf(slopes: Node, { output, operands }: Layer, backward: Backward): Expansion {
  const g = operand(slopes, 0)
  return { value: concat(backward(output, g, operands).slice(1), 1), over: [g, ...operands] }
}
