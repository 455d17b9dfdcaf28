import {
  add,
  compile,
  loadDevice,
  multiply,
  randomNormal,
  softplus,
  wasm,
  type DeviceChoice,
  type Node,
  type Program,
} from '../../engine/index.ts'
import type { Weights } from '../../nn/index.ts'
import { joinFloats, type Seed } from '../../numeric/index.ts'

/** A standard deviation of no less than this: without a floor the likelihood of a column of whole numbers grows without bound. */
const LEAST = 0.05

/** Mean and standard deviation of what a network says, by row. */
export interface Said {
  readonly mean: Node
  readonly sd: Node
}

/** softplus keeps a standard deviation above 0; the floor keeps it away from it. */
export const sdOf = (raw: Node): Node => add(softplus(raw), LEAST)

/** mean + sd ⊙ ε, ε standard normal of its own stream. */
export const drawn = ({ mean, sd }: Said, stream: number): Node =>
  add(mean, multiply(sd, noise(mean.shape.at(-1) as number, stream)))

/** Standard normals of a stream, (batch, columns). */
export const noise = (columns: number, stream: number): Node => randomNormal(['batch', columns], stream)

/** Rows made at once. */
const BATCH = 512

/** A program whose output `made` comes from random numbers alone. */
export const maker = (made: Node): Program => compile({ batch: BATCH, outputs: { made } })

/** So many rows of a maker, block by block, each with random numbers of its own. */
export async function make(
  program: Program,
  weights: Weights,
  count: number,
  seed: Seed,
  on: Exclude<DeviceChoice, 'auto'> = wasm,
): Promise<Float32Array> {
  const device = typeof on === 'string' ? await loadDevice(on) : on
  const runner = await device.prepare(program)
  try {
    runner.load(weights)
    const parts: Float32Array[] = []
    for (let start = 0; start < count; start += BATCH) {
      const random = { key0: seed.key0, key1: seed.key1, step: parts.length }
      parts.push((await runner.run({ rows: Math.min(BATCH, count - start), inputs: {} }, random))['made'] as Float32Array)
    }
    return joinFloats(parts)
  } finally {
    runner.dispose()
  }
}
