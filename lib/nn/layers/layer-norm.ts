import { add, divide, mean, multiply, sqrt, square, subtract } from '../../engine/index.ts'
import { ones, zeros } from '../initialisers.ts'
import type { Layer } from '../layer.ts'

/** Each row (each step of time) brought to mean 0 and variance 1 over its columns, then scaled and moved (Ba, Kiros, Hinton 2016, equation 3). */
export function layerNorm({ epsilon = 1e-3 } = {}): Layer {
  return {
    kind: 'layer-norm',
    build: (x, scope) => {
      const last = x.shape.length - 1
      const columns = x.shape[last] as number
      const centred = subtract(x, mean(x, last))
      const scaled = divide(centred, sqrt(add(mean(square(centred), last), epsilon)))
      return add(multiply(scaled, scope.parameter('scale', 1, columns, ones)), scope.parameter('shift', 1, columns, zeros))
    },
  }
}
