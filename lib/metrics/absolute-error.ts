import { requireAlike } from './require-alike.ts'

/** Mean absolute error, in money. */
export function meanAbsoluteError(actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  const n = requireAlike(actual, predicted)
  let sum = 0
  for (let i = 0; i < n; i++) sum += Math.abs((actual[i] as number) - (predicted[i] as number))
  return sum / n
}

/** Predicted total over actual total: 1 is a budget that comes true. */
export function sumRatio(actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  const n = requireAlike(actual, predicted)
  let actualSum = 0
  let predictedSum = 0
  for (let i = 0; i < n; i++) {
    actualSum += actual[i] as number
    predictedSum += predicted[i] as number
  }
  return predictedSum / actualSum
}
