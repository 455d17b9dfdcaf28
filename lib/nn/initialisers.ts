import { normal } from '../numeric/index.ts'
import type { Initialiser } from './layer.ts'

/** Uniform within ±sqrt(6 / (rows + columns)) (Glorot and Bengio 2010, equation 16). */
export const glorotUniform: Initialiser = (rows, columns, random) =>
  within(Math.sqrt(6 / (rows + columns)), rows * columns, random)

/** The same for a kernel over `width` steps of time: each unit sees (and is seen by) as many times the values of one step. */
export const glorotKernel =
  (width: number): Initialiser =>
  (rows, columns, random) =>
    within(Math.sqrt(6 / (rows + width * columns)), rows * columns, random)

/** Columns at right angles to each other, of length 1 (Saxe et al. 2014): as many of them as there are rows, block by block. */
export const orthogonal: Initialiser = (rows, columns, random) => {
  const result = new Float32Array(rows * columns)
  let block: Float64Array[] = []
  for (let c = 0; c < columns; c++) {
    if (block.length === rows) block = []
    const column = Float64Array.from({ length: rows }, () => normal(random))
    // twice is enough (Kahan and Parlett): what the first pass leaves of the others is rounding
    for (const other of [...block, ...block]) {
      const along = other.reduce((sum, value, r) => sum + value * (column[r] as number), 0)
      other.forEach((value, r) => (column[r] = (column[r] as number) - along * value))
    }
    const length = Math.sqrt(column.reduce((sum, value) => sum + value * value, 0))
    block.push(column.map(value => value / length))
    block.at(-1)?.forEach((value, r) => (result[r * columns + c] = value))
  }
  return result
}

/** 0 throughout: how biases start. */
export const zeros: Initialiser = (rows, columns) => new Float32Array(rows * columns)

/** 1 throughout: how scales start. */
export const ones: Initialiser = (rows, columns) => new Float32Array(rows * columns).fill(1)

function within(limit: number, count: number, random: Parameters<Initialiser>[2]): Float32Array {
  return Float32Array.from({ length: count }, () => (2 * random.uniform() - 1) * limit)
}
