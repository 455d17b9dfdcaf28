import { elu, gelu, leakyRelu, relu, sigmoid, softmax, softplus, tanh, type Node } from '../engine/index.ts'
import { nearest, UsageError } from '../errors/index.ts'

/** What a layer may do to each of its values last; `softmax` to each row, over its columns. `leakyRelu` keeps 0.01 of what is below 0. */
export const ACTIVATIONS = {
  linear: (x: Node): Node => x,
  relu,
  leakyRelu: (x: Node): Node => leakyRelu(x),
  elu: (x: Node): Node => elu(x),
  gelu,
  sigmoid,
  tanh,
  softplus,
  softmax,
} as const

export type Activation = keyof typeof ACTIVATIONS

/** An activation by its name. Errors: `UsageError` for a name that none has, with the nearest. */
export function activationOf(name: Activation): (x: Node) => Node {
  if (Object.hasOwn(ACTIVATIONS, name)) return ACTIVATIONS[name]
  const names = Object.keys(ACTIVATIONS)
  const near = nearest(name, names)
  throw new UsageError({
    code: 'unknown-activation',
    what: `there is no activation "${name}"`,
    where: `there are ${names.join(', ')}`,
    remedy: near === undefined ? 'choose one of these' : `did you mean ${near}?`,
  })
}
