/**
 * The x with A x = b for a small symmetric positive definite A (row-major n × n), by Cholesky's factors; undefined where A is
 * not positive definite.
 */
export function solvePositive(matrix: ArrayLike<number>, right: ArrayLike<number>): Float64Array<ArrayBuffer> | undefined {
  const n = right.length
  const factor = Float64Array.from(matrix)
  const at = (i: number, j: number): number => factor[i * n + j] as number
  const x = Float64Array.from(right)
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let left = at(i, j)
      for (let k = 0; k < j; k++) left -= at(i, k) * at(j, k)
      if (i === j && !(left > 0)) return undefined
      factor[i * n + j] = i === j ? Math.sqrt(left) : left / at(j, j)
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] as number) - at(i, k) * (x[k] as number)
    x[i] = (x[i] as number) / at(i, i)
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] = (x[i] as number) - at(k, i) * (x[k] as number)
    x[i] = (x[i] as number) / at(i, i)
  }
  return x
}
