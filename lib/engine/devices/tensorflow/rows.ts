import type { Tensor, TensorFlow } from './api.ts'

/** Rows of a table by their numbers: NaN where there is no such row. */
export function gatherRows(tf: TensorFlow, dims: readonly number[], table: Tensor, numbers: Tensor): Tensor {
  const near = tf.cast(tf.clipByValue(numbers, 0, (table.shape[0] as number) - 1), 'int32')
  const rows = tf.reshape(tf.gather(table, tf.reshape(near, [numbers.size])), dims)
  return tf.where(tf.broadcastTo(tf.equal(tf.cast(near, 'float32'), numbers), dims), rows, tf.fill(dims, NaN))
}

/** Values (n, columns) added up by row number (n, 1): a product with the rows that each belongs to. */
export function scatterAdd(tf: TensorFlow, dims: readonly number[], values: Tensor, numbers: Tensor): Tensor {
  const rows = dims[0] as number
  const all = tf.tensor(
    Float32Array.from({ length: rows }, (_, i) => i),
    [1, rows],
  )
  const shape = [numbers.size, rows]
  return tf.matMul(tf.cast(tf.equal(tf.broadcastTo(numbers, shape), tf.broadcastTo(all, shape)), 'float32'), values, true, false)
}
