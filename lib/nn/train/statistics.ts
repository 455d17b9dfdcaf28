import { Pace, type Device } from '../../engine/index.ts'
import type { Seed } from '../../numeric/index.ts'
import type { Network, Weights } from '../network.ts'
import type { Examples } from './options.ts'

/** Averages over the training data what batches tell of their rows, under some weights. */
export interface Statistician {
  /** The weights with the averages among them. */
  complete(weights: Weights): Promise<Weights>
  dispose(): void
}

/** Leaves weights as they are where no layer asks for statistics. */
export async function statistician(
  network: Network,
  { rows, x }: Examples,
  batch: number,
  seed: Seed,
  device: Device,
): Promise<Statistician> {
  const program = network.statistics(batch)
  if (program === undefined) return { complete: async weights => weights, dispose: () => {} }
  const runner = await device.prepare(program)
  const columns = x.length / rows
  const pace = new Pace()
  return {
    complete: async weights => {
      runner.load(weights)
      const sums = new Map(program.outputs.map(({ name }) => [name, new Float64Array(0)]))
      pace.start()
      for (let start = 0, step = 0; start < rows; start += batch, step++) {
        const count = Math.min(batch, rows - start)
        pace.bout(1)
        const outputs = await runner.run(
          { rows: count, inputs: { x: x.subarray(start * columns, (start + count) * columns) } },
          { key0: seed.key0, key1: seed.key1, step },
        )
        for (const [name, values] of Object.entries(outputs)) {
          const known = sums.get(name) as Float64Array
          sums.set(
            name,
            Float64Array.from(values, (value, i) => (known[i] ?? 0) + value * count),
          )
        }
        pace.made(1)
        await pace.rest()
      }
      return {
        ...weights,
        ...Object.fromEntries([...sums].map(([name, values]) => [name, Float32Array.from(values, value => value / rows)])),
      }
    },
    dispose: () => runner.dispose(),
  }
}
