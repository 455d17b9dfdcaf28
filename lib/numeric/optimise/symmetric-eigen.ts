export interface Eigen {
  /** Ascending. */
  readonly values: Float64Array
  /** Row k is the unit vector that belongs to value k. */
  readonly vectors: Float64Array
}

/** Eigenvalues and vectors of a small symmetric matrix (row-major n × n), by Jacobi's rotations. */
export function symmetricEigen(matrix: ArrayLike<number>, n: number): Eigen {
  const a = Float64Array.from(matrix)
  const v = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0))
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += Math.abs(a[p * n + q] as number)
    if (!(off > 1e-300)) break
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q)
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => (a[i * n + i] as number) - (a[j * n + j] as number))
  return {
    values: Float64Array.from(order, i => a[i * n + i] as number),
    vectors: Float64Array.from(order.flatMap(i => Array.from(v.subarray(i * n, (i + 1) * n)))),
  }
}

/** Turns coordinates p and q so that their off-diagonal entry vanishes. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q] as number
  if (apq === 0) return
  const theta = ((a[q * n + q] as number) - (a[p * n + p] as number)) / (2 * apq)
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q, c, s)
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k, c, s)
  for (let k = 0; k < n; k++) turn(v, p * n + k, q * n + k, c, s)
}

function turn(values: Float64Array, i: number, j: number, c: number, s: number): void {
  const [x, y] = [values[i] as number, values[j] as number]
  values[i] = c * x - s * y
  values[j] = s * x + c * y
}
