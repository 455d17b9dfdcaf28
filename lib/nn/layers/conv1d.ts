import { add, concat, pad, product, slice } from '../../engine/index.ts'
import { EngineError } from '../../errors/index.ts'
import { activationOf, type Activation } from '../activations.ts'
import { glorotKernel, zeros } from '../initialisers.ts'
import type { Layer } from '../layer.ts'
import { kerasVector, type KerasLayer } from '../portable/keras-layer.ts'
import { requireWhole } from './require-numbers.ts'
import { sequenceOf } from './time.ts'

export interface Conv1dOptions {
  /** Steps of time that one output sees. */
  readonly kernel: number
  readonly activation?: Activation
  /** `same`: as many steps as before, zeros around them; `causal`: zeros before alone, so that no step sees a later one; `valid`: no zeros. */
  readonly padding?: 'same' | 'causal' | 'valid'
}

/**
 * Convolution over time, (batch, time, columns) to (batch, steps, filters), where steps are time, or time - kernel + 1 with `valid`: the kernel is
 * (kernel · columns, filters), the steps of time outermost. Errors: `EngineError` for filters or a kernel that are no whole number from 1, what has no
 * axis of time, a `valid` kernel of more steps than there are; `UsageError` for an activation that there is not.
 */
export function conv1d(filters: number, { kernel, activation = 'linear', padding = 'same' }: Conv1dOptions): Layer {
  requireWhole('conv1d', { filters, kernel })
  const activate = activationOf(activation)
  return {
    kind: 'conv1d',
    // TensorFlow.js has no causal one
    ...(padding === 'causal' ? {} : { keras: kerasOf(filters, kernel, activation, padding) }),
    build: (x, scope) => {
      const { time, columns } = sequenceOf(x, 'conv1d')
      const before = padding === 'same' ? Math.floor((kernel - 1) / 2) : padding === 'causal' ? kernel - 1 : 0
      const padded = padding === 'valid' ? x : pad(x, 1, before, kernel - 1 - before)
      const steps = padding === 'valid' ? time - kernel + 1 : time
      if (steps < 1) {
        throw new EngineError({
          code: 'bad-kernel',
          what: `a kernel of ${kernel} steps over ${time} steps of time`,
          remedy: 'give a whole number from 1 up to the steps there are',
        })
      }
      const seen = concat(
        Array.from({ length: kernel }, (_, k) => slice(padded, 1, k, k + steps)),
        2,
      )
      const weights = scope.parameter('kernel', kernel * columns, filters, glorotKernel(kernel))
      return activate(add(product(seen, weights), scope.parameter('bias', 1, filters, zeros)))
    },
  }
}

function kerasOf(filters: number, kernel: number, activation: Activation, padding: 'same' | 'valid'): KerasLayer {
  return {
    className: 'Conv1D',
    config: { filters, kernel_size: [kernel], strides: [1], padding, activation, use_bias: true },
    weights: own => {
      const values = own('kernel')
      return [
        { name: 'kernel', dims: [kernel, values.length / (kernel * filters), filters], values },
        kerasVector('bias', own('bias')),
      ]
    },
  }
}
