import { requireAlike } from './require-alike.ts'

/** Mean squared error, in money squared. */
export function meanSquaredError(actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  const n = requireAlike(actual, predicted)
  let sum = 0
  for (let i = 0; i < n; i++)
    sum += ((actual[i] as number) - (predicted[i] as number)) * ((actual[i] as number) - (predicted[i] as number))
  return sum / n
}

/** The root of the mean squared error, in money. */
export function rootMeanSquaredError(actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  return Math.sqrt(meanSquaredError(actual, predicted))
}

/** 1 - squared error over the squared error of the actual mean; NaN when the actual values are all alike. */
export function rSquared(actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  const n = requireAlike(actual, predicted)
  let mean = 0
  for (let i = 0; i < n; i++) mean += (actual[i] as number) / n
  let spread = 0
  for (let i = 0; i < n; i++) spread += ((actual[i] as number) - mean) * ((actual[i] as number) - mean)
  return spread === 0 ? NaN : 1 - (meanSquaredError(actual, predicted) * n) / spread
}
