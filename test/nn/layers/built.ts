import { add, gradients, input, parameter, square, sumAll, wasm, type Device, type Node } from '../../../lib/engine/index.ts'
import type { Layer } from '../../../lib/nn/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { evaluateOn } from '../../engine/evaluate.ts'

export interface Sizes {
  readonly rows: number
  readonly time?: number
  readonly columns: number
}

/** A layer as nodes over an input, with its parameters by name, in training or in prediction. */
export function built(
  layer: Layer,
  { time, columns }: Sizes,
  training = false,
): { readonly x: Node; readonly y: Node; readonly parameters: Readonly<Record<string, Node>> } {
  const parameters: Record<string, Node> = {}
  const make = (name: string, rows: number, width: number): Node => (parameters[name] = parameter(name, rows, width))
  const x = input('x', columns, time)
  let streams = 0
  const y = layer.build(x, {
    training,
    stream: () => streams++,
    parameter: make,
    statistic: (name, ofBatch, width) => (training ? ofBatch : make(name, 1, width)),
  })
  return { x, y, parameters }
}

/** Σ (y² + y): every output counts, each in its own way. */
export const squares = (y: Node): Node => sumAll(add(square(y), y))

/** Values in ±1 by a seed. */
export function draws(count: number, seed: number): Float32Array {
  const random = Seed.of(seed).random()
  return Float32Array.from({ length: count }, () => 2 * random.uniform() - 1)
}

export interface Outcome {
  readonly y: Float32Array
  /** Of Σ (y² + y), for `x` and each parameter. */
  readonly slopes: Readonly<Record<string, Float32Array>>
}

/** Output and slopes of a layer under some weights. */
export async function outcome(
  layer: Layer,
  sizes: Sizes,
  x: Float32Array,
  weights: Readonly<Record<string, Float32Array>>,
  training = false,
  device: Device = wasm,
): Promise<Outcome> {
  const { x: node, y, parameters } = built(layer, sizes, training)
  const names = ['x', ...Object.keys(parameters)]
  const slopes = gradients(squares(y), [node, ...Object.values(parameters)])
  const { y: values, ...rest } = await evaluateOn(
    device,
    { y, ...Object.fromEntries(slopes.map((slope, i) => [names[i] as string, slope])) },
    { x, ...weights },
    sizes.rows,
  )
  return { y: values as Float32Array, slopes: rest }
}

/** Weights for a layer's parameters, by a seed. */
export function weightsFor(layer: Layer, sizes: Sizes, seed = 3): Record<string, Float32Array> {
  return Object.fromEntries(
    Object.entries(built(layer, sizes).parameters).map(([name, { shape }], i) => [
      name,
      draws((shape[0] as number) * (shape[1] as number), seed + i).map(value => value * 0.6),
    ]),
  )
}
