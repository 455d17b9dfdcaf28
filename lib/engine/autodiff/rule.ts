import type { Node, Op } from '../graph/node.ts'

/** The gradients of an operation's operands, given that of its result; undefined where nothing flows. */
export type Rule<K extends Op> = (y: Node<K>, g: Node) => readonly (Node | undefined)[]
