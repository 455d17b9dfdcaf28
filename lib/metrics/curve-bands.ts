import { percentileInterval, type Interval } from './percentile-interval.ts'
import { descending, eachTie } from './ranks.ts'
import { requireAlike } from './require-alike.ts'
import { drawnIn, type Resampling } from './resampling.ts'

/** Where a curve could also lie at one place: the middle 95% over resampled customers. */
export interface BandPoint extends Interval {
  readonly x: number
}

/** Places at which bands are reckoned, evenly between 0 and 1. */
const PLACES = 40

/** The band of `gainCurve`, place by place. No points without resamples. Errors: `CompareError` as `gainCurve`. */
export function gainBand(actual: ArrayLike<number>, predicted: ArrayLike<number>, resampling: Resampling): readonly BandPoint[] {
  return band(actual, predicted, resampling, { x: () => 1, y: spent => spent, fixed: true })
}

/** The band of `rocCurve`, place by place. No points without resamples, or where a class is missing. Errors: `CompareError` as `rocCurve`. */
export function rocBand(actual: ArrayLike<number>, score: ArrayLike<number>, resampling: Resampling): readonly BandPoint[] {
  return band(actual, score, resampling, { x: returned => 1 - returned, y: returned => returned, fixed: true })
}

/** The band of `precisionRecallCurve`, place by place. No points without resamples. Errors: `CompareError` as the curve. */
export function precisionRecallBand(
  actual: ArrayLike<number>,
  score: ArrayLike<number>,
  resampling: Resampling,
): readonly BandPoint[] {
  const precision = (found: number, named: number): number => found / named
  return band(actual, score, resampling, { x: returned => returned, y: () => 1, fixed: false }, precision)
}

interface Axes {
  /** What a customer adds to either axis, by what happened. */
  readonly x: (actual: number) => number
  readonly y: (actual: number) => number
  /** Whether the curve ends in (0, 0) and (1, 1), in which no resample differs. */
  readonly fixed: boolean
}

/** Sums over customers from the best prediction on, each a share of its total unless `height` makes more of them. */
function band(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  resampling: Resampling,
  { x, y, fixed }: Axes,
  height?: (x: number, y: number) => number,
): readonly BandPoint[] {
  const n = requireAlike(actual, predicted)
  const order = descending(predicted)
  const ends: number[] = []
  eachTie(order, predicted, (_, to) => ends.push(to))
  const across = Float64Array.from(order, row => x(actual[row] as number))
  const up = Float64Array.from(order, row => y(actual[row] as number))
  const places = Array.from({ length: PLACES + 1 }, (_, i) => i / PLACES)
  const heights = places.map(() => new Float64Array(resampling.resamples))
  const [xs, ys] = [new Float64Array(ends.length + 1), new Float64Array(ends.length + 1)]
  for (let b = 0; b < resampling.resamples; b++) {
    const drawn = drawnIn(b, resampling, n)
    let [right, high, i] = [0, 0, 0]
    ends.forEach((to, tie) => {
      for (; i < to; i++) {
        const times = drawn[order[i] as number] as number
        right += times * (across[i] as number)
        high += times * (up[i] as number)
      }
      xs[tie + 1] = right
      ys[tie + 1] = high
    })
    let at = 0
    places.forEach((place, p) => {
      const wanted = place * right
      while (at < ends.length && (xs[at] as number) < wanted) at++
      const reached = height === undefined ? between(xs, ys, at, wanted) / high : height(xs[at] as number, ys[at] as number)
      ;(heights[p] as Float64Array)[b] = right === 0 ? NaN : reached
    })
  }
  return places.flatMap((place, p) => {
    if (!fixed && p === 0) return []
    const interval = percentileInterval(heights[p] as Float64Array)
    return interval === undefined ? [] : [{ x: place, ...interval }]
  })
}

/** The height where the curve reaches `x`, in proportion between the points on either side. */
function between(xs: Float64Array, ys: Float64Array, at: number, x: number): number {
  if (at === 0) return ys[0] as number
  const [left, right] = [xs[at - 1] as number, xs[at] as number]
  const [below, above] = [ys[at - 1] as number, ys[at] as number]
  return right === left ? above : below + ((x - left) / (right - left)) * (above - below)
}
