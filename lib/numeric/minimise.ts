/** A function to minimise: writes its gradient into `gradient` and gives its value. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number

export interface Minimum {
  readonly x: Float64Array
  readonly value: number
  /** Largest absolute component of the gradient. */
  readonly gradient: number
  readonly iterations: number
  readonly converged: boolean
}

export interface MinimiseOptions {
  readonly iterations?: number
  /** Stops when the largest gradient component is below this times (1 + |value|). */
  readonly tolerance?: number
  /** Each coordinate is kept within ± this. */
  readonly bound?: number
}

/**
 * BFGS with a backtracking line search that also asks for growing slope (weak Wolfe conditions). Values that are not
 * finite are treated as too high. Source: Nocedal and Wright (2006), "Numerical Optimization", algorithm 6.1.
 */
export function minimise(objective: Objective, start: ArrayLike<number>, { iterations = 500, tolerance = 1e-9, bound = 50 }: MinimiseOptions = {}): Minimum {
  const n = start.length
  let x = Float64Array.from(start)
  let gradient = new Float64Array(n)
  let value = objective(x, gradient)
  let inverse = identity(n)
  let iteration = 0
  let stalled = 0
  for (; iteration < iterations; iteration++) {
    if (largest(gradient) <= tolerance * (1 + Math.abs(value))) return { x, value, gradient: largest(gradient), iterations: iteration, converged: true }
    const direction = descent(inverse, gradient, n)
    const step = lineSearch(objective, x, value, gradient, direction, bound)
    if (step === undefined) {
      if (isIdentity(inverse, n)) break
      inverse = identity(n)
      continue
    }
    update(inverse, x, step.x, gradient, step.gradient, n)
    const gained = value - step.value
    ;({ x, gradient, value } = step)
    stalled = gained <= 1e-14 * (1 + Math.abs(value)) ? stalled + 1 : 0
    if (stalled === 3) break
  }
  return { x, value, gradient: largest(gradient), iterations: iteration, converged: largest(gradient) <= 1e-5 * (1 + Math.abs(value)) }
}

/** The best of several starts. Never empty: at least one start. */
export function minimiseFrom(objective: Objective, starts: readonly ArrayLike<number>[], options?: MinimiseOptions): Minimum {
  const found = starts.map(start => minimise(objective, start, options)).filter(each => Number.isFinite(each.value))
  const first = found[0]
  if (first === undefined) return { x: Float64Array.from(starts[0] ?? []), value: NaN, gradient: NaN, iterations: 0, converged: false }
  return found.reduce((best, each) => (each.value < best.value - 1e-9 ? each : best), first)
}

interface Step {
  readonly x: Float64Array<ArrayBuffer>
  readonly gradient: Float64Array<ArrayBuffer>
  readonly value: number
}

function lineSearch(objective: Objective, x: Float64Array, value: number, gradient: Float64Array, direction: Float64Array, bound: number): Step | undefined {
  const slope = dot(gradient, direction)
  if (!(slope < 0)) return undefined
  let low = 0
  let high = Infinity
  let length = Math.min(1, 2 / Math.max(largest(direction), 1e-300))
  for (let i = 0; i < 40; i++) {
    const next = x.map((each, j) => Math.max(-bound, Math.min(bound, each + length * (direction[j] as number))))
    const nextGradient = new Float64Array(x.length)
    const nextValue = objective(next, nextGradient)
    if (!(nextValue <= value + 1e-4 * length * slope)) high = length
    else if (dot(nextGradient, direction) < 0.9 * slope && i < 30) low = length
    else return { x: next, gradient: nextGradient, value: nextValue }
    length = high === Infinity ? length * 2 : (low + high) / 2
  }
  return undefined
}

function update(inverse: Float64Array, x: Float64Array, nextX: Float64Array, gradient: Float64Array, nextGradient: Float64Array, n: number): void {
  const s = nextX.map((each, i) => each - (x[i] as number))
  const y = nextGradient.map((each, i) => each - (gradient[i] as number))
  const sy = dot(s, y)
  if (!(sy > 1e-14)) return
  const hy = new Float64Array(n)
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) hy[i] = (hy[i] as number) + (inverse[i * n + j] as number) * (y[j] as number)
  const scale = (sy + dot(y, hy)) / (sy * sy)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const cross = ((hy[i] as number) * (s[j] as number) + (s[i] as number) * (hy[j] as number)) / sy
      inverse[i * n + j] = (inverse[i * n + j] as number) + scale * (s[i] as number) * (s[j] as number) - cross
    }
  }
}

function descent(inverse: Float64Array, gradient: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    let sum = 0
    for (let j = 0; j < n; j++) sum -= (inverse[i * n + j] as number) * (gradient[j] as number)
    return sum
  })
}

function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0))
}

const isIdentity = (matrix: Float64Array, n: number): boolean => matrix.every((each, i) => each === (i % (n + 1) === 0 ? 1 : 0))
const largest = (vector: Float64Array): number => vector.reduce((most, each) => Math.max(most, Number.isNaN(each) ? Infinity : Math.abs(each)), 0)
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, each, i) => sum + each * (b[i] as number), 0)
