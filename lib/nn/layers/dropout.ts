import { dropoutMask, multiply } from '../../engine/index.ts'
import type { Layer } from '../layer.ts'
import { bareKeras } from '../portable/keras-layer.ts'

/** Inverted dropout: in training each value is 0 with probability `rate`, else divided by 1 - rate; in prediction nothing happens. */
export function dropout(rate: number): Layer {
  return {
    kind: 'dropout',
    keras: bareKeras('Dropout', { rate }),
    build: (x, scope) => (scope.training ? multiply(x, dropoutMask(x.shape, rate, scope.stream())) : x),
  }
}
