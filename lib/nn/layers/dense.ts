import { add, product } from '../../engine/index.ts'
import { activationOf, type Activation } from '../activations.ts'
import { glorotUniform, zeros } from '../initialisers.ts'
import type { Initialiser, Layer } from '../layer.ts'
import { kerasMatrix, kerasVector } from '../portable/keras-layer.ts'
import { requireWhole } from './require-numbers.ts'

export interface DenseOptions {
  /** Default `linear`. */
  readonly activation?: Activation
  /** First values of the weights; the bias starts at 0. */
  readonly start?: Initialiser
}

/**
 * activation(x W + b), W of (columns of x, units): (batch, columns) to (batch, units), or (batch, time, columns) to (batch, time, units), the same W at
 * every step. Errors: `EngineError` for units that are no whole number from 1; `UsageError` for an activation that there is not.
 */
export function dense(units: number, { activation = 'linear', start = glorotUniform }: DenseOptions = {}): Layer {
  requireWhole('dense', { units })
  const activate = activationOf(activation)
  return {
    kind: 'dense',
    keras: {
      className: 'Dense',
      config: { units, activation, use_bias: true },
      weights: own => [kerasMatrix('kernel', own('weights'), units), kerasVector('bias', own('bias'))],
    },
    build: (x, scope) => {
      const weights = scope.parameter('weights', x.shape.at(-1) as number, units, start)
      return activate(add(product(x, weights), scope.parameter('bias', 1, units, zeros)))
    },
  }
}
