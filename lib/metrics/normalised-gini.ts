import { descending, eachTie } from './ranks.ts'
import { requireAlike } from './require-alike.ts'

/**
 * How well predictions order customers by actual spend: the area of the model's gain curve over that of the perfect one.
 * 1 is perfect, 0 chance. Customers of equal prediction share the mean of their actual spend. Source: Wang, Liu, Miao (2019),
 * "A deep probabilistic model for customer lifetime value prediction", section 4.
 */
export function normalisedGini(actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  requireAlike(actual, predicted)
  return area(actual, predicted) / area(actual, actual)
}

function area(actual: ArrayLike<number>, score: ArrayLike<number>): number {
  const n = actual.length
  const order = descending(score)
  let total = 0
  for (let i = 0; i < n; i++) total += actual[i] as number
  let sum = 0
  eachTie(order, score, (from, to) => {
    let tied = 0
    for (let i = from; i < to; i++) tied += actual[order[i] as number] as number
    const meanPlace = n - (from + to - 1) / 2
    sum += tied * meanPlace
  })
  return sum / total - (n + 1) / 2
}
