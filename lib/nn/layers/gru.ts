import { add, gru as gruOf, multiply, product, sigmoid, slice, subtract, tanh, type Node } from '../../engine/index.ts'
import { glorotUniform, orthogonal, zeros } from '../initialisers.ts'
import type { Layer } from '../layer.ts'
import { recurrent, type Cell, type RecurrentOptions } from './recurrent.ts'
import { requireWhole } from './require-numbers.ts'
import { kerasMatrix, kerasVector, sideBySide } from '../portable/keras-layer.ts'

/**
 * Gated recurrent unit (Cho et al. 2014, equations 5 to 8): z = σ(x W + h U + b) says what is kept, r in the same way what the candidate tanh(x
 * W + (r ⊙ h) U + b) sees; h = z ⊙ h + (1 - z) ⊙ candidate. Columns of the weights: z, r, candidate. (batch, time, columns) to (batch, units), or
 * with `sequences` to (batch, time, units). Errors: `EngineError` for units that are no whole number from 1, and for what has no axis of time.
 */
export function gru(units: number, options: RecurrentOptions = {}): Layer {
  requireWhole('gru', { units })
  return recurrent(
    'gru',
    (columns, scope) => {
      const weights = scope.parameter('weights', columns, 3 * units, glorotUniform)
      const gates = scope.parameter('recurrent-gates', units, 2 * units, orthogonal)
      const candidate = scope.parameter('recurrent-candidate', units, units, orthogonal)
      const bias = scope.parameter('bias', 1, 3 * units, zeros)
      const part = (x: Node, index: number, width = 1): Node => slice(x, 1, index * units, (index + width) * units)
      const fused = (x: Node): Node => gruOf(add(product(x, weights), bias), gates, candidate)
      const cell: Cell = (x, before) => {
        const seen = add(product(x, weights), bias)
        const state = before?.[0]
        if (state === undefined) return [multiply(subtract(1, sigmoid(part(seen, 0))), tanh(part(seen, 2)))]
        const open = sigmoid(add(part(seen, 0, 2), product(state, gates)))
        const [keep, reset] = [part(open, 0), part(open, 1)]
        const fresh = tanh(add(part(seen, 2), product(multiply(reset, state), candidate)))
        return [add(fresh, multiply(keep, subtract(state, fresh)))]
      }
      return { cell, fused }
    },
    config => ({
      className: 'GRU',
      config: { ...config, units, reset_after: false },
      weights: own => [
        kerasMatrix('kernel', own('weights'), 3 * units),
        kerasMatrix('recurrent_kernel', sideBySide(units, own('recurrent-gates'), own('recurrent-candidate')), 3 * units),
        kerasVector('bias', own('bias')),
      ],
    }),
    options,
  )
}
