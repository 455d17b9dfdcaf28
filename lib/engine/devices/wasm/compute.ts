import type { Key } from '../../device.ts'
import { drawsAt } from '../rows.ts'
import type { Kernels } from './module.ts'
import type { Output, Recipe } from './recipe.ts'
import type { WasmMemory } from './webassembly.ts'

/** Rows to compute: the values of each input in the recipe's order, row by row, and what fixes random numbers. */
export interface Order {
  readonly rows: number
  readonly values: readonly Float32Array[]
  readonly random: Key & { readonly step: number }
}

/** Each output for all rows, batch by batch. */
export function computeRows(
  kernels: Kernels,
  memory: WasmMemory,
  recipe: Recipe,
  { rows, values, random }: Order,
): readonly Float32Array<ArrayBuffer>[] {
  const { batch, block, before, blocks, after, totals, sums, inputs, outputs } = recipe
  const results = outputs.map(({ length, perRow }) => new Float32Array(perRow ? rows * length : length))
  const take = (which: (output: Output) => boolean, first: number, count: number): void =>
    outputs.forEach((output, i) => {
      if (!which(output)) return
      const { at, length, perRow } = output
      const made = new Float32Array(memory.buffer, at, perRow ? count * length : length)
      results[i]?.set(made, perRow ? first * length : 0)
    })
  for (let start = 0; start < rows; start += batch) {
    const count = Math.min(batch, rows - start)
    const { key0, key1, step } = drawsAt(random, start, batch)
    kernels.begin(count, key0, key1, step)
    kernels.run(...before, count, 0)
    for (let first = 0; first < count; first += block) {
      const here = Math.min(block, count - first)
      values.forEach((own, i) => {
        const columns = own.length / rows
        const from = (start + first) * columns
        const place = new Float32Array(memory.buffer, inputs[i] as number, here * columns)
        place.set(own.subarray(from, from + here * columns))
      })
      kernels.run(...blocks, here, first)
      kernels.total(totals, sums, 0, 1, first, 0)
      take(({ perRow }) => perRow, start + first, here)
    }
    kernels.run(...after, count, 0)
    take(({ perRow }) => !perRow, start, count)
  }
  return results
}
