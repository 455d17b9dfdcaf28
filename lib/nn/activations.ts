import { relu, sigmoid, softplus, tanh, type Node } from '../engine/index.ts'

export const ACTIVATIONS = { linear: (x: Node): Node => x, relu, sigmoid, tanh, softplus } as const

export type Activation = keyof typeof ACTIVATIONS
