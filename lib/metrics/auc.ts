import { descending, eachTie } from './ranks.ts'
import { requireAlike } from './require-alike.ts'

export interface CurvePoint {
  readonly x: number
  readonly y: number
}

/** The probability that somebody who came back was scored above somebody who did not; ties count half. NaN with one class. */
export function auc(actual: ArrayLike<number>, score: ArrayLike<number>): number {
  let area = 0
  let last: CurvePoint = { x: 0, y: 0 }
  for (const point of rocCurve(actual, score)) {
    area += ((point.x - last.x) * (point.y + last.y)) / 2
    last = point
  }
  return area
}

/** False positive rate against true positive rate, one point per distinct score. */
export function rocCurve(actual: ArrayLike<number>, score: ArrayLike<number>): readonly CurvePoint[] {
  const points: CurvePoint[] = [{ x: 0, y: 0 }]
  const { positives, negatives } = sweep(actual, score, (tp, fp, all) =>
    points.push({ x: fp / all.negatives, y: tp / all.positives }),
  )
  return positives === 0 || negatives === 0 ? [{ x: NaN, y: NaN }] : points
}

/** Recall against precision, one point per distinct score. */
export function precisionRecallCurve(actual: ArrayLike<number>, score: ArrayLike<number>): readonly CurvePoint[] {
  const points: CurvePoint[] = []
  sweep(actual, score, (tp, fp, all) => points.push({ x: tp / all.positives, y: tp / (tp + fp) }))
  return points
}

interface Classes {
  readonly positives: number
  readonly negatives: number
}

function sweep(
  actual: ArrayLike<number>,
  score: ArrayLike<number>,
  visit: (tp: number, fp: number, all: Classes) => void,
): Classes {
  const n = requireAlike(actual, score)
  let positives = 0
  for (let i = 0; i < n; i++) positives += actual[i] as number
  const all = { positives, negatives: n - positives }
  const order = descending(score)
  let [tp, fp] = [0, 0]
  eachTie(order, score, (from, to) => {
    for (let i = from; i < to; i++) {
      if (actual[order[i] as number] === 1) tp++
      else fp++
    }
    visit(tp, fp, all)
  })
  return all
}
