import type { Objective } from './objective.ts'

/** An objective whose gradient comes from central differences, with steps of `relative` (1 + |x|). */
export function withDifferences(value: (x: Float64Array) => number, relative = 6e-6): Objective {
  return (x, gradient) => {
    const shifted = x.slice()
    for (let i = 0; i < x.length; i++) {
      const at = x[i] as number
      const step = relative * (1 + Math.abs(at))
      shifted[i] = at + step
      const above = value(shifted)
      shifted[i] = at - step
      const below = value(shifted)
      shifted[i] = at
      gradient[i] = (above - below) / (2 * step)
    }
    return value(x)
  }
}

/** The matrix of second derivatives (row-major, symmetric) by central differences of the gradient. */
export function hessian(objective: Objective, x: Float64Array, relative = 1e-4): Float64Array {
  const n = x.length
  const result = new Float64Array(n * n)
  const [above, below] = [new Float64Array(n), new Float64Array(n)]
  const shifted = x.slice()
  for (let i = 0; i < n; i++) {
    const at = x[i] as number
    const step = relative * (1 + Math.abs(at))
    shifted[i] = at + step
    objective(shifted, above)
    shifted[i] = at - step
    objective(shifted, below)
    shifted[i] = at
    for (let j = 0; j < n; j++) {
      const half = ((above[j] as number) - (below[j] as number)) / (4 * step)
      result[i * n + j] = (result[i * n + j] as number) + half
      result[j * n + i] = (result[j * n + i] as number) + half
    }
  }
  return result
}
