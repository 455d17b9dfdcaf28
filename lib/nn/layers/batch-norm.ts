import { add, divide, meanOf, multiply, normalise, sqrt, square, subtract } from '../../engine/index.ts'
import { ones, zeros } from '../initialisers.ts'
import type { Layer } from '../layer.ts'
import { kerasVector } from '../portable/keras-layer.ts'
import { requireNumber } from './require-numbers.ts'

/**
 * Each column brought to mean 0 and variance 1, then scaled and moved (Ioffe and Szegedy 2015, algorithm 1). In training mean and variance are
 * the batch's; in prediction they are the average over the batches of the training data under the weights as they then are (Wu and Johnson
 * 2021, section 3: no trailing average that lags behind the weights).
 */
export function batchNorm({ epsilon = 1e-3 } = {}): Layer {
  requireNumber('batch-norm', 'epsilon', epsilon, epsilon > 0 && epsilon < Infinity, 'a finite number above 0')
  return {
    kind: 'batch-norm',
    keras: {
      className: 'BatchNormalization',
      config: { axis: -1, epsilon, center: true, scale: true },
      weights: own => [
        kerasVector('gamma', own('scale')),
        kerasVector('beta', own('shift')),
        kerasVector('moving_mean', own('mean')),
        kerasVector('moving_variance', own('variance')),
      ],
    },
    build: (x, scope) => {
      const columns = x.shape.at(-1) as number
      const average = scope.statistic('mean', meanOf(x, 'column'), columns, zeros)
      const centred = subtract(x, average)
      const variance = scope.statistic('variance', meanOf(square(centred), 'column'), columns, ones)
      const scaled = scope.training ? normalise(x, 'column', epsilon) : divide(centred, sqrt(add(variance, epsilon)))
      return add(multiply(scaled, scope.parameter('scale', 1, columns, ones)), scope.parameter('shift', 1, columns, zeros))
    },
  }
}
