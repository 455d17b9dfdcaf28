import type { CurvePoint } from './auc.ts'
import { descending, eachTie } from './ranks.ts'
import { requireAlike } from './require-alike.ts'

/** Share of customers, best predictions first, against their share of all actual spend; one point per distinct prediction. */
export function gainCurve(actual: ArrayLike<number>, predicted: ArrayLike<number>): readonly CurvePoint[] {
  const n = requireAlike(actual, predicted)
  const order = descending(predicted)
  let total = 0
  for (let i = 0; i < n; i++) total += actual[i] as number
  const points: CurvePoint[] = [{ x: 0, y: 0 }]
  let sum = 0
  eachTie(order, predicted, (from, to) => {
    for (let i = from; i < to; i++) sum += actual[order[i] as number] as number
    points.push({ x: to / n, y: sum / total })
  })
  return points
}
