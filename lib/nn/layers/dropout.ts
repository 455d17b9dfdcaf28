import { dropoutMask, multiply } from '../../engine/index.ts'
import type { Layer } from '../layer.ts'
import { bareKeras } from '../portable/keras-layer.ts'
import { requireNumber } from './require-numbers.ts'

/**
 * Inverted dropout, any shape to the same: in training each value is 0 with probability `rate`, else divided by 1 - rate; in prediction nothing happens.
 * Errors: `EngineError` for a rate outside [0, 1).
 */
export function dropout(rate: number): Layer {
  requireNumber('dropout', 'rate', rate, rate >= 0 && rate < 1, 'a rate from 0 up to, not including, 1')
  return {
    kind: 'dropout',
    keras: bareKeras('Dropout', { rate }),
    build: (x, scope) => (scope.training ? multiply(x, dropoutMask(x.shape, rate, scope.stream())) : x),
  }
}
