import { FitError } from '../../errors/index.ts'
import { sigmoid, softplus, solvePositive } from '../../numeric/index.ts'
import type { Inputs } from '../inputs.ts'

/** The objective is a sum of many terms: a last Newton step may seem to raise it by so much, relatively. */
const ROUNDING = 1e-12

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
 * Logistic regression: the log-likelihood less `penalty` / 2 · Σ w² (the intercept is free) is maximised by Newton's method, which
 * here is iteratively reweighted least squares; a step is halved until it does not lower the objective. With a penalty the
 * objective is strictly concave, so that classes that can be separated have a finite fit too.
 */
export function fitLogistic(X: Inputs, y: ArrayLike<number>, rows: ArrayLike<number>, penalty: number): Coefficients {
  const k = X.columns + 1
  let w = new Float64Array(k)
  let lost = logisticLoss(X, y, rows, penalty, w)
  for (let iteration = 0; iteration < 100; iteration++) {
    const A = new Float64Array(k * k)
    const b = new Float64Array(k)
    for (let r = 0; r < rows.length; r++) {
      const row = rows[r] as number
      const eta = linear(X, row, w)
      const p = sigmoid(eta)
      const weight = Math.max(p * (1 - p), 1e-9)
      accumulate(A, b, X, row, weight, eta + ((y[row] as number) - p) / weight)
    }
    const target = solveRidge(A, b, k, penalty)
    let next = target
    let then = logisticLoss(X, y, rows, penalty, next)
    for (let share = 0.5; !(then <= lost * (1 + ROUNDING)) && share > 1e-9; share /= 2) {
      next = Float64Array.from(w, (each, i) => each + share * ((target[i] as number) - each))
      then = logisticLoss(X, y, rows, penalty, next)
    }
    if (!(then <= lost * (1 + ROUNDING))) break
    const moved = next.reduce((most, each, i) => Math.max(most, Math.abs(each - (w[i] as number))), 0)
    w = next
    lost = then
    if (moved < 1e-10) break
  }
  return w
}

/** The negative penalised log-likelihood. */
function logisticLoss(X: Inputs, y: ArrayLike<number>, rows: ArrayLike<number>, penalty: number, w: Coefficients): number {
  let loss = 0
  for (let r = 0; r < rows.length; r++) {
    const row = rows[r] as number
    const eta = linear(X, row, w)
    loss += softplus(eta) - (y[row] as number) * eta
  }
  for (let c = 0; c < X.columns; c++) loss += (penalty / 2) * (w[c] as number) * (w[c] as number)
  return loss
}

/** The linear predictor of one row. */
export function linear(X: Inputs, row: number, w: Coefficients): number {
  let sum = w[X.columns] as number
  for (let c = 0; c < X.columns; c++) sum += (X.data[row * X.columns + c] as number) * (w[c] as number)
  return sum
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
  const solved = solvePositive(A, b)
  if (solved !== undefined) return solved
  throw new FitError({
    code: 'not-positive-definite',
    what: 'the inputs determine no unique fit',
    remedy: 'raise the ridge penalty',
  })
}
