import {
  add,
  dropoutMask,
  input,
  meanAll,
  multiply,
  parameter,
  product,
  relu,
  softplus,
  subtract,
  type Node,
} from '../../lib/engine/index.ts'
import { Seed } from '../../lib/numeric/index.ts'

export const LAYERS = [
  [20, 128],
  [128, 64],
  [64, 1],
] as const

/** The network of the design: 20 - 128 ReLU - dropout 0.5 - 64 ReLU - dropout 0.5 - 1, and its binary cross-entropy. */
export function designNetwork(
  rate = 0.5,
  layers: readonly (readonly [number, number])[] = LAYERS,
): { readonly logits: Node; readonly loss: Node } {
  let x = input('x', layers[0]?.[0] as number)
  layers.forEach(([from, to], i) => {
    x = add(product(x, parameter(`w${i}`, from, to)), parameter(`b${i}`, 1, to))
    if (i === layers.length - 1) return
    x = relu(x)
    if (rate > 0) x = multiply(x, dropoutMask(x.shape, rate, i))
  })
  return { logits: x, loss: meanAll(subtract(softplus(x), multiply(x, input('y', 1)))) }
}

export function startValues(layers: readonly (readonly [number, number])[] = LAYERS): Record<string, Float32Array> {
  const random = Seed.of(7).child('weights').random()
  return Object.fromEntries(
    layers.flatMap(([from, to], i) => {
      const limit = Math.sqrt(6 / (from + to))
      return [
        [`w${i}`, Float32Array.from({ length: from * to }, () => (2 * random.uniform() - 1) * limit)],
        [`b${i}`, new Float32Array(to)],
      ] as const
    }),
  )
}

/** Rows whose label depends on their inputs. */
export function rowsFor(
  rows: number,
  columns = 20,
): { readonly rows: number; readonly inputs: { readonly x: Float32Array; readonly y: Float32Array } } {
  const random = Seed.of(11).child('rows').random()
  const x = Float32Array.from({ length: rows * columns }, () => 2 * random.uniform() - 1)
  const y = Float32Array.from({ length: rows }, (_, i) =>
    (x[i * columns] as number) + (x[i * columns + 1] as number) * (x[i * columns + 2] as number) > 0 ? 1 : 0,
  )
  return { rows, inputs: { x, y } }
}
