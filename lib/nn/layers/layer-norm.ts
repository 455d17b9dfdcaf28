import { add, multiply, normalise } from '../../engine/index.ts'
import { ones, zeros } from '../initialisers.ts'
import type { Layer } from '../layer.ts'
import { kerasVector } from '../portable/keras-layer.ts'
import { requireNumber } from './require-numbers.ts'

/** Each row (each step of time) brought to mean 0 and variance 1 over its columns, then scaled and moved (Ba, Kiros, Hinton 2016, equation 3). */
export function layerNorm({ epsilon = 1e-3 } = {}): Layer {
  requireNumber('layer-norm', 'epsilon', epsilon, epsilon > 0 && epsilon < Infinity, 'a finite number above 0')
  return {
    kind: 'layer-norm',
    keras: {
      className: 'LayerNormalization',
      config: { axis: -1, epsilon, center: true, scale: true },
      weights: own => [kerasVector('gamma', own('scale')), kerasVector('beta', own('shift'))],
    },
    build: (x, scope) => {
      const columns = x.shape.at(-1) as number
      const scaled = normalise(x, 'row', epsilon)
      return add(multiply(scaled, scope.parameter('scale', 1, columns, ones)), scope.parameter('shift', 1, columns, zeros))
    },
  }
}
