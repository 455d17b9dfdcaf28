import { sigmoid } from '../../numeric/index.ts'
import type { Inputs } from '../inputs.ts'
import { solvePositive } from './cholesky.ts'

/** Coefficients, the intercept last. */
export type Coefficients = Float64Array

/**
 * Ridge regression: least squares plus `penalty` · Σ w² (the intercept is free). Only the rows listed take part.
 * Source: Hoerl and Kennard (1970).
 */
export function fitRidge(X: Inputs, y: ArrayLike<number>, rows: ArrayLike<number>, penalty: number): Coefficients {
  const k = X.columns + 1
  const A = new Float64Array(k * k)
  const b = new Float64Array(k)
  for (let r = 0; r < rows.length; r++) accumulate(A, b, X, rows[r] as number, 1, y[rows[r] as number] as number)
  return solveRidge(A, b, k, penalty)
}

/**
 * Logistic regression with a ridge penalty by iteratively reweighted least squares (Newton's method), with steps halved until
 * the penalised log-likelihood rises.
 */
export function fitLogistic(X: Inputs, y: ArrayLike<number>, rows: ArrayLike<number>, penalty: number): Coefficients {
  const k = X.columns + 1
  let w = new Float64Array(k)
  for (let iteration = 0; iteration < 50; iteration++) {
    const A = new Float64Array(k * k)
    const b = new Float64Array(k)
    for (let r = 0; r < rows.length; r++) {
      const row = rows[r] as number
      const eta = linear(X, row, w)
      const p = sigmoid(eta)
      const weight = Math.max(p * (1 - p), 1e-9)
      accumulate(A, b, X, row, weight, eta + ((y[row] as number) - p) / weight)
    }
    const next = solveRidge(A, b, k, penalty)
    const change = next.reduce((most, each, i) => Math.max(most, Math.abs(each - (w[i] as number))), 0)
    w = damped(w, next)
    if (change < 1e-10) break
  }
  return w
}

/** The linear predictor of one row. */
export function linear(X: Inputs, row: number, w: Coefficients): number {
  let sum = w[X.columns] as number
  for (let c = 0; c < X.columns; c++) sum += (X.data[row * X.columns + c] as number) * (w[c] as number)
  return sum
}

/** A Newton step no longer than 10 in any coefficient: separable classes would else send it to infinity at once. */
function damped(w: Coefficients, next: Coefficients): Float64Array<ArrayBuffer> {
  const longest = next.reduce((most, each, i) => Math.max(most, Math.abs(each - (w[i] as number))), 0)
  const share = longest > 10 ? 10 / longest : 1
  return Float64Array.from(w, (each, i) => each + share * ((next[i] as number) - each))
}

/** Adds weight · x xᵀ to A and weight · x · target to b, the intercept last. */
function accumulate(A: Float64Array, b: Float64Array, X: Inputs, row: number, weight: number, target: number): void {
  const k = X.columns + 1
  const at = (c: number): number => (c === X.columns ? 1 : (X.data[row * X.columns + c] as number))
  for (let i = 0; i < k; i++) {
    const scaled = weight * at(i)
    for (let j = 0; j <= i; j++) A[i * k + j] = (A[i * k + j] as number) + scaled * at(j)
    b[i] = (b[i] as number) + scaled * target
  }
}

function solveRidge(A: Float64Array, b: Float64Array, k: number, penalty: number): Float64Array<ArrayBuffer> {
  for (let i = 0; i < k - 1; i++) A[i * k + i] = (A[i * k + i] as number) + penalty
  return Float64Array.from(solvePositive(A, b))
}
