import { dense, dropout, binaryCrossEntropy, meanSquaredError, network, type Examples } from '../../../lib/nn/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'

/** y = 2 a - b + 1, or a label made of it. */
export function examples(rows: number, label: (y: number) => number = y => y): Examples {
  const random = Seed.of(2).child(rows).random()
  const x = Float32Array.from({ length: rows * 2 }, () => 2 * random.uniform() - 1)
  return {
    rows,
    x,
    y: Float32Array.from({ length: rows }, (_, i) => label(2 * (x[2 * i] as number) - (x[2 * i + 1] as number) + 1)),
  }
}

/** Whether y is above 1. */
export const labelled = (rows: number): Examples => examples(rows, y => (y > 1 ? 1 : 0))

export const line = network({ columns: 2, layers: [dense(1)], loss: meanSquaredError })
export const deep = network({
  columns: 2,
  layers: [dense(16, { activation: 'relu' }), dropout(0.2), dense(1)],
  loss: binaryCrossEntropy,
})
