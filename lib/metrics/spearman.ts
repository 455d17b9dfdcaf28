import { descending, eachTie } from './ranks.ts'
import { requireAlike } from './require-alike.ts'

/** Spearman's rank correlation; tied values share their mean rank. NaN when either side is all alike. */
export function spearman(actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  const n = requireAlike(actual, predicted)
  const [a, b] = [meanRanks(actual), meanRanks(predicted)]
  const middle = (n + 1) / 2
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    const [da, db] = [(a[i] as number) - middle, (b[i] as number) - middle]
    ab += da * db
    aa += da * da
    bb += db * db
  }
  return ab / Math.sqrt(aa * bb)
}

function meanRanks(values: ArrayLike<number>): Float64Array {
  const ranks = new Float64Array(values.length)
  const order = descending(values)
  eachTie(order, values, (from, to) => {
    for (let i = from; i < to; i++) ranks[order[i] as number] = values.length - (from + to - 1) / 2
  })
  return ranks
}
