import { gather, reshape, type Shape } from '../../engine/index.ts'
import type { Initialiser, Layer } from '../layer.ts'
import { requireWhole } from './require-numbers.ts'

/** Uniform within ±0.05, as Keras starts. */
const small: Initialiser = (rows, columns, random) =>
  Float32Array.from({ length: rows * columns }, () => 0.1 * random.uniform() - 0.05)

/**
 * `units` trained numbers for each of `count` kinds: columns that hold whole numbers from 0 to count - 1 become `units` columns each, (batch,
 * columns) to (batch, columns · units), with or without an axis of time. Another number gives NaN, and training names the operation.
 * Errors: `EngineError` for a count or units that are no whole number from 1.
 */
export function embedding(count: number, units: number): Layer {
  requireWhole('embedding', { count, units })
  return {
    kind: 'embedding',
    build: (x, scope) => {
      const [batch, ...others] = x.shape as readonly [Shape[0], ...number[]]
      const cells = others.reduce((all, length) => all * length, 1)
      const rows = gather(scope.parameter('table', count, units, small), reshape(x, [batch, cells, 1]))
      return reshape(rows, [batch, ...others.slice(0, -1), (others.at(-1) as number) * units] as unknown as Shape)
    },
  }
}
