import { CompareError } from '../errors/index.ts'

/** The common length of actual and predicted values. Errors: `CompareError` when they differ, are none, or are not finite. */
export function requireAlike(actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  const n = actual.length
  if (n === 0 || n !== predicted.length) {
    throw new CompareError({
      code: 'unequal-lengths',
      what: `${n} actual values against ${predicted.length} predictions`,
      remedy: 'give one prediction for each actual value, and at least one',
    })
  }
  for (let i = 0; i < n; i++) {
    if (Number.isFinite(actual[i]) && Number.isFinite(predicted[i])) continue
    throw new CompareError({
      code: 'not-finite',
      what: `actual ${actual[i]} against predicted ${predicted[i]}`,
      where: `position ${i}`,
      remedy: 'a metric needs finite numbers; leave out what a model does not predict',
    })
  }
  return n
}
