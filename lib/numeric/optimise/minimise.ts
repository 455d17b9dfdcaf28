import type { Minimum, Objective } from './objective.ts'

export interface MinimiseOptions {
  readonly iterations?: number
  /** Stops when the largest gradient component is below this times (1 + |value|). */
  readonly tolerance?: number
  /** Each coordinate stays within its bounds; unbounded where left out. */
  readonly lower?: ArrayLike<number>
  readonly upper?: ArrayLike<number>
}

/** A gradient this small, relative to 1 + |value|, counts as converged when the value can fall no further. */
const NEARLY = 1e-6

/**
 * BFGS with a backtracking line search that also asks for growing slope (weak Wolfe conditions); coordinates at a bound
 * are held there while the gradient pushes outwards. Source: Nocedal and Wright (2006), "Numerical Optimization",
 * algorithm 6.1; the bounds after Bertsekas (1982), "Projected Newton methods".
 */
export function minimise(objective: Objective, start: ArrayLike<number>, options: MinimiseOptions = {}): Minimum {
  const { iterations = 500, tolerance = 1e-9 } = options
  const n = start.length
  const lower = Float64Array.from({ length: n }, (_, i) => options.lower?.[i] ?? -Infinity)
  const upper = Float64Array.from({ length: n }, (_, i) => options.upper?.[i] ?? Infinity)
  const clamp = (at: number, i: number): number => Math.max(lower[i] as number, Math.min(upper[i] as number, at))
  let x = Float64Array.from(start, clamp)
  let gradient = new Float64Array(n)
  let value = objective(x, gradient)
  let inverse = identity(n)
  let held = ''
  let stalled = 0
  const end = (reason: string, iteration: number, size: number): Minimum => ({
    x, value, gradient: size, iterations: iteration, converged: size <= Math.max(tolerance, NEARLY) * (1 + Math.abs(value)), reason,
  })
  for (let iteration = 0; ; iteration++) {
    const free = x.map((at, i) => (at <= (lower[i] as number) && (gradient[i] as number) > 0) || (at >= (upper[i] as number) && (gradient[i] as number) < 0) ? 0 : 1)
    const size = largest(gradient, free)
    if (!Number.isFinite(value)) return end('the value is not finite', iteration, NaN)
    if (size <= tolerance * (1 + Math.abs(value))) return end('the gradient vanished', iteration, size)
    if (iteration === iterations) return end(`${iterations} iterations were not enough`, iteration, size)
    if (stalled === 3) return end('the value fell no further', iteration, size)
    if (free.join() !== held) inverse = identity(n)
    held = free.join()
    const step = lineSearch(objective, x, value, gradient, descent(inverse, gradient, free), clamp)
    if (step === undefined) {
      if (isIdentity(inverse, n)) return end('no step lowers the value', iteration, size)
      inverse = identity(n)
      continue
    }
    update(inverse, x, step.x, gradient, step.gradient)
    stalled = value - step.value <= 1e-15 * (1 + Math.abs(value)) ? stalled + 1 : 0
    ;({ x, gradient, value } = step)
  }
}

interface Step {
  readonly x: Float64Array<ArrayBuffer>
  readonly gradient: Float64Array<ArrayBuffer>
  readonly value: number
}

function lineSearch(
  objective: Objective, x: Float64Array, value: number, gradient: Float64Array, direction: Float64Array, clamp: (at: number, i: number) => number,
): Step | undefined {
  const slope = dot(gradient, direction)
  if (!(slope < 0)) return undefined
  let low = 0
  let high = Infinity
  let length = Math.min(1, 2 / Math.max(largest(direction), 1e-300))
  for (let i = 0; i < 40; i++) {
    const next = Float64Array.from(x, (at, j) => clamp(at + length * (direction[j] as number), j))
    const nextGradient = new Float64Array(x.length)
    const nextValue = objective(next, nextGradient)
    const expected = next.reduce((sum, at, j) => sum + (gradient[j] as number) * (at - (x[j] as number)), 0)
    if (!(nextValue <= value + 1e-4 * expected) || largest(nextGradient) === Infinity) high = length
    else if (dot(nextGradient, direction) < 0.9 * slope && i < 30) low = length
    else return { x: next, gradient: nextGradient, value: nextValue }
    length = high === Infinity ? length * 2 : (low + high) / 2
  }
  return undefined
}

/** The BFGS update of the inverse second derivatives (Nocedal and Wright, eq. 6.17). */
function update(inverse: Float64Array, x: Float64Array, nextX: Float64Array, gradient: Float64Array, nextGradient: Float64Array): void {
  const n = x.length
  const s = nextX.map((each, i) => each - (x[i] as number))
  const y = nextGradient.map((each, i) => each - (gradient[i] as number))
  const sy = dot(s, y)
  if (!(sy > 1e-14 * Math.sqrt(dot(s, s) * dot(y, y)))) return
  const hy = Float64Array.from({ length: n }, (_, i) => dot(inverse.subarray(i * n, (i + 1) * n), y))
  const scale = (sy + dot(y, hy)) / (sy * sy)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const cross = ((hy[i] as number) * (s[j] as number) + (s[i] as number) * (hy[j] as number)) / sy
      inverse[i * n + j] = (inverse[i * n + j] as number) + scale * (s[i] as number) * (s[j] as number) - cross
    }
  }
}

function descent(inverse: Float64Array, gradient: Float64Array, free: Float64Array): Float64Array {
  const n = gradient.length
  const pushed = gradient.map((each, i) => each * (free[i] as number))
  return free.map((each, i) => (each === 0 ? 0 : -dot(inverse.subarray(i * n, (i + 1) * n), pushed)))
}

function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0))
}

const isIdentity = (matrix: Float64Array, n: number): boolean => matrix.every((each, i) => each === (i % (n + 1) === 0 ? 1 : 0))
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, each, i) => sum + each * (b[i] as number), 0)

function largest(vector: Float64Array, free?: Float64Array): number {
  return vector.reduce((most, each, i) => (free?.[i] === 0 ? most : Math.max(most, Number.isNaN(each) ? Infinity : Math.abs(each))), 0)
}
