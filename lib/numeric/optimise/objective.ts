/** A function to minimise: writes its gradient and gives its value. Values that are not finite count as too high. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number

export interface Minimum {
  readonly x: Float64Array
  readonly value: number
  /** Largest absolute component of the gradient over coordinates not held at a bound; NaN where none was computed. */
  readonly gradient: number
  readonly iterations: number
  readonly converged: boolean
  /** Why it ended, for people: `the gradient vanished`. */
  readonly reason: string
}
