import { add, dropoutMask, multiply, product, type Node } from '../engine/index.ts'
import { ACTIVATIONS, type Activation } from './activations.ts'
import { glorotUniform, zeros } from './initialisers.ts'
import type { Initialiser, Layer } from './layer.ts'

export interface DenseOptions {
  /** Default `linear`. */
  readonly activation?: Activation
  /** First values of the weights; the bias starts at 0. */
  readonly start?: Initialiser
}

/** activation(x W + b), W of (columns of x, units). */
export function dense(units: number, { activation = 'linear', start = glorotUniform }: DenseOptions = {}): Layer {
  return {
    kind: 'dense',
    build: (x, scope) => {
      const weights = scope.parameter('weights', x.shape.at(-1) as number, units, start)
      return ACTIVATIONS[activation](add(product(x, weights), scope.parameter('bias', 1, units, zeros)))
    },
  }
}

/** Inverted dropout: in training each value is 0 with probability `rate`, else divided by 1 - rate; in prediction nothing happens. */
export function dropout(rate: number): Layer {
  return { kind: 'dropout', build: (x, scope) => (scope.training ? multiply(x, dropoutMask(x.shape, rate, scope.stream())) : x) }
}

export function activation(name: Activation): Layer {
  return { kind: name, build: (x: Node) => ACTIVATIONS[name](x) }
}
