import type { Minimum, Objective } from './objective.ts'
import { solvePositive } from './solve-positive.ts'

export interface MinimiseOptions {
  readonly iterations?: number
  /** Stops when the largest gradient component is below this times (1 + |value|). */
  readonly tolerance?: number
  /** Each coordinate stays within its bounds; unbounded where left out. */
  readonly lower?: ArrayLike<number>
  readonly upper?: ArrayLike<number>
  /** Second derivatives near the start (row-major), where they are known: saves finding them out. */
  readonly curvature?: Float64Array
}

/** A gradient this small, relative to 1 + |value|, counts as converged when the value can fall no further. */
const NEARLY = 1e-6
/** Steps in a row that gain nothing before the search ends. */
const PATIENCE = 3
/** Smaller differences, relative to 1 + |value|, are rounding: the slopes alone decide (Hager and Zhang 2005). */
const NOISE = 1e-13

type Clamp = (at: number, i: number) => number

interface Point {
  readonly x: Float64Array<ArrayBuffer>
  readonly gradient: Float64Array<ArrayBuffer>
  readonly value: number
}

/**
 * BFGS with a line search that asks for a lower value and a flatter slope (Wolfe's conditions); coordinates at a bound are
 * held there while the gradient pushes outwards, and the others are solved for alone. Source: Nocedal and Wright (2006),
 * "Numerical Optimization", section 6.1; the bounds after Bertsekas (1982), "Projected Newton methods".
 */
export function minimise(objective: Objective, start: ArrayLike<number>, options: MinimiseOptions = {}): Minimum {
  const { iterations = 500, tolerance = 1e-9, lower, upper } = options
  const n = start.length
  const clamp: Clamp = (at, i) => Math.max(lower?.[i] ?? -Infinity, Math.min(upper?.[i] ?? Infinity, at))
  let point = evaluate(objective, Float64Array.from(start, clamp))
  let { curvature } = options
  let stalled = 0
  for (let iteration = 0; ; iteration++) {
    const { x, value, gradient } = point
    const free = Array.from(x.keys()).filter(
      i => !isHeld(x[i] as number, gradient[i] as number, lower?.[i] ?? -Infinity, upper?.[i] ?? Infinity),
    )
    const size = largest(free.map(i => gradient[i] as number))
    const scale = 1 + Math.abs(value)
    const end = (reason: string): Minimum => ({
      x,
      value,
      gradient: size,
      iterations: iteration,
      converged: size <= Math.max(tolerance, NEARLY) * scale,
      reason,
    })
    if (!Number.isFinite(value)) return { ...end('the value is not finite'), gradient: NaN, converged: false }
    if (size <= tolerance * scale) return end('the gradient vanished')
    if (iteration === iterations) return end(`${iterations} iterations were not enough`)
    if (stalled === PATIENCE) return end('the value fell no further')
    const next = lineSearch(objective, point, descent(curvature, gradient, free), clamp)
    if (next === undefined) {
      if (curvature === undefined) return end('no step lowers the value')
      curvature = undefined
      continue
    }
    curvature = updated(
      curvature,
      n,
      next.x.map((at, i) => at - (x[i] as number)),
      next.gradient.map((at, i) => at - (gradient[i] as number)),
    )
    stalled = value - next.value <= 1e-15 * scale ? stalled + 1 : 0
    point = next
  }
}

function evaluate(objective: Objective, x: Float64Array<ArrayBuffer>): Point {
  const gradient = new Float64Array(x.length)
  return { x, gradient, value: objective(x, gradient) }
}

const isHeld = (x: number, slope: number, low: number, high: number): boolean =>
  (x <= low && slope > 0) || (x >= high && slope < 0)

/** The step to the minimum of the quadratic model over the free coordinates; steepest descent where there is none. */
function descent(curvature: Float64Array | undefined, gradient: Float64Array, free: readonly number[]): Float64Array {
  const n = gradient.length
  const down = free.map(i => -(gradient[i] as number))
  const step =
    curvature === undefined
      ? undefined
      : solvePositive(
          free.flatMap(i => free.map(j => curvature[i * n + j] as number)),
          down,
        )
  const direction = new Float64Array(n)
  free.forEach((i, k) => (direction[i] = (step ?? down)[k] as number))
  return direction
}

function lineSearch(objective: Objective, from: Point, direction: Float64Array, clamp: Clamp): Point | undefined {
  const slope = dot(from.gradient, direction)
  if (!(slope < 0)) return undefined
  let [low, high] = [0, Infinity]
  let length = Math.min(1, 2 / Math.max(largest(direction), 1e-300))
  for (let i = 0; i < 40; i++) {
    const next = evaluate(
      objective,
      Float64Array.from(from.x, (at, j) => clamp(at + length * (direction[j] as number), j)),
    )
    const expected = dot(
      from.gradient,
      next.x.map((at, j) => at - (from.x[j] as number)),
    )
    const moved = next.x.some((at, j) => at !== from.x[j])
    if (!moved) return undefined
    const nextSlope = dot(next.gradient, direction)
    if (next.value <= from.value + NOISE * (1 + Math.abs(from.value)) && Math.abs(nextSlope) <= -0.9 * slope) return next
    if (!(next.value <= from.value + 1e-4 * expected) || largest(next.gradient) === Infinity) high = length
    else if (nextSlope < 0.9 * slope && i < 20) low = length
    else return next
    length = high === Infinity ? length * 2 : (low + high) / 2
  }
  return undefined
}

/** The BFGS update of the matrix of second derivatives (eq. 6.19), which begins as a multiple of the identity (eq. 6.20). */
function updated(before: Float64Array | undefined, n: number, s: Float64Array, y: Float64Array): Float64Array | undefined {
  const sy = dot(s, y)
  if (!(sy > 1e-12 * Math.sqrt(dot(s, s) * dot(y, y)))) return before
  const b = before ?? Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? dot(y, y) / sy : 0))
  const bs = Float64Array.from({ length: n }, (_, i) => dot(b.subarray(i * n, (i + 1) * n), s))
  const sbs = dot(s, bs)
  return b.map((each, at) => {
    const [i, j] = [Math.floor(at / n), at % n]
    return each + ((y[i] as number) * (y[j] as number)) / sy - ((bs[i] as number) * (bs[j] as number)) / sbs
  })
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, each, i) => sum + each * (b[i] as number), 0)

function largest(values: ArrayLike<number>): number {
  let most = 0
  for (let i = 0; i < values.length; i++)
    most = Math.max(most, Number.isNaN(values[i]) ? Infinity : Math.abs(values[i] as number))
  return most
}
