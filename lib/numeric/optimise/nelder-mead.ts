import type { Minimum } from './objective.ts'

export interface NelderMeadOptions {
  readonly iterations?: number
  /** Stops when the values over the simplex differ by less than this times (1 + |value|), and its points by as little. */
  readonly tolerance?: number
  /** Length of the first simplex's edges. */
  readonly size?: number
}

interface Vertex {
  readonly x: Float64Array
  readonly value: number
}

/**
 * Minimises without gradients, by a simplex that reflects, stretches and shrinks. Values that are not finite count as too
 * high. Source: Nelder and Mead (1965), "A simplex method for function minimization".
 */
export function nelderMead(
  objective: (x: Float64Array) => number,
  start: ArrayLike<number>,
  { iterations = 2000, tolerance = 1e-10, size = 0.5 }: NelderMeadOptions = {},
): Minimum {
  const n = start.length
  const vertex = (x: Float64Array): Vertex => {
    const value = objective(x)
    return { x, value: Number.isNaN(value) ? Infinity : value }
  }
  const origin = Float64Array.from(start)
  const simplex = [
    vertex(origin),
    ...Array.from({ length: n }, (_, i) => vertex(origin.map((at, j) => (i === j ? at + size : at)))),
  ]
  for (let iteration = 0; ; iteration++) {
    simplex.sort((p, q) => (p.value === q.value ? 0 : p.value - q.value))
    const [best, worst, second] = [simplex[0] as Vertex, simplex[n] as Vertex, simplex[n - 1] as Vertex]
    const settled = isSettled(simplex, tolerance)
    if (settled || iteration === iterations) {
      return {
        x: best.x,
        value: best.value,
        gradient: NaN,
        iterations: iteration,
        converged: settled,
        reason: settled ? 'the simplex shrank to a point' : `${iterations} iterations were not enough`,
      }
    }
    const centre = best.x.map((_, j) => simplex.slice(0, n).reduce((sum, { x }) => sum + (x[j] as number), 0) / n)
    const along = (factor: number): Vertex => vertex(centre.map((at, j) => at + factor * (at - (worst.x[j] as number))))
    const reflected = along(1)
    if (reflected.value < best.value) {
      const stretched = along(2)
      simplex[n] = stretched.value < reflected.value ? stretched : reflected
    } else if (reflected.value < second.value) simplex[n] = reflected
    else {
      const drawn = along(reflected.value < worst.value ? 0.5 : -0.5)
      if (drawn.value < Math.min(reflected.value, worst.value)) simplex[n] = drawn
      else
        for (let i = 1; i <= n; i++)
          simplex[i] = vertex((simplex[i] as Vertex).x.map((at, j) => (at + (best.x[j] as number)) / 2))
    }
  }
}

function isSettled(simplex: readonly Vertex[], tolerance: number): boolean {
  const best = simplex[0] as Vertex
  return simplex.every(
    ({ x, value }) =>
      near(value, best.value, tolerance) && x.every((at, j) => near(at, best.x[j] as number, Math.sqrt(tolerance))),
  )
}

const near = (a: number, b: number, scale: number): boolean => Math.abs(a - b) <= scale * (1 + Math.abs(b))
