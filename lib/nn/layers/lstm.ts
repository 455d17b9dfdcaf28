import { add, lstm as lstmOf, multiply, product, sigmoid, slice, tanh, type Node } from '../../engine/index.ts'
import { glorotUniform, orthogonal } from '../initialisers.ts'
import type { Initialiser, Layer } from '../layer.ts'
import { recurrent, type Cell, type RecurrentOptions } from './recurrent.ts'
import { requireWhole } from './require-numbers.ts'
import { kerasMatrix, kerasVector } from '../portable/keras-layer.ts'

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000): gates i, f, o = σ(x W + h U + b), memory
 * c = f ⊙ c + i ⊙ tanh(x W + h U + b), output h = o ⊙ tanh(c). Columns of the weights: i, f, c, o. The forget gate's bias starts at 1. (batch, time, columns) to (batch, units), or
 * with `sequences` to (batch, time, units). Errors: `EngineError` for units that are no whole number from 1, and for what has no axis of time.
 */
export function lstm(units: number, options: RecurrentOptions = {}): Layer {
  requireWhole('lstm', { units })
  const start: Initialiser = (rows, columns) => new Float32Array(rows * columns).fill(1, units, 2 * units)
  return recurrent(
    'lstm',
    (columns, scope) => {
      const weights = scope.parameter('weights', columns, 4 * units, glorotUniform)
      const again = scope.parameter('recurrent', units, 4 * units, orthogonal)
      const bias = scope.parameter('bias', 1, 4 * units, start)
      const part = (x: Node, index: number): Node => slice(x, 1, index * units, (index + 1) * units)
      const fused = (x: Node): Node => lstmOf(add(product(x, weights), bias), again)
      const cell: Cell = (x, before) => {
        const [state, memory] = before ?? []
        const seen = add(product(x, weights), bias)
        const all = state === undefined ? seen : add(seen, product(state, again))
        const fresh = multiply(sigmoid(part(all, 0)), tanh(part(all, 2)))
        const now = memory === undefined ? fresh : add(multiply(sigmoid(part(all, 1)), memory), fresh)
        return [multiply(sigmoid(part(all, 3)), tanh(now)), now]
      }
      return { cell, fused }
    },
    config => ({
      className: 'LSTM',
      config: { ...config, units, unit_forget_bias: true },
      weights: own => [
        kerasMatrix('kernel', own('weights'), 4 * units),
        kerasMatrix('recurrent_kernel', own('recurrent'), 4 * units),
        kerasVector('bias', own('bias')),
      ],
    }),
    options,
  )
}
