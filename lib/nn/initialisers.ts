import type { Initialiser } from './layer.ts'

/** Uniform within ±sqrt(6 / (rows + columns)) (Glorot and Bengio 2010, equation 16). */
export const glorotUniform: Initialiser = (rows, columns, random) => {
  const limit = Math.sqrt(6 / (rows + columns))
  return Float32Array.from({ length: rows * columns }, () => (2 * random.uniform() - 1) * limit)
}

export const zeros: Initialiser = (rows, columns) => new Float32Array(rows * columns)
