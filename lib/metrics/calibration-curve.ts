import { descending } from './ranks.ts'
import { requireAlike } from './require-alike.ts'

/** One group of customers of like probability: what was said against what happened. */
export interface CalibrationGroup {
  readonly customers: number
  /** Mean probability of the group. */
  readonly predicted: number
  /** Share of the group that came back. */
  readonly actual: number
}

/**
 * Customers in groups of equal size by rank of their probability, the lowest first. Customers of equal probability are never
 * parted: a group grows until its last tie is in, so there may be fewer groups than asked for.
 */
export function calibrationCurve(
  actual: ArrayLike<number>,
  probability: ArrayLike<number>,
  groups = 10,
): readonly CalibrationGroup[] {
  const n = requireAlike(actual, probability)
  const order = descending(probability).reverse()
  const at = (place: number): number => probability[order[place] as number] as number
  const curve: CalibrationGroup[] = []
  let from = 0
  for (let group = 1; group <= groups; group++) {
    let to = Math.floor((group * n) / groups)
    if (to <= from) continue
    while (to < n && at(to) === at(to - 1)) to++
    let [predicted, happened] = [0, 0]
    for (let i = from; i < to; i++) {
      predicted += at(i)
      happened += actual[order[i] as number] as number
    }
    curve.push({ customers: to - from, predicted: predicted / (to - from), actual: happened / (to - from) })
    from = to
  }
  return curve
}
