import type { CurvePoint } from './auc.ts'
import { percentileInterval, type Interval } from './percentile-interval.ts'
import { descending, eachTie } from './ranks.ts'
import { requireAlike } from './require-alike.ts'
import { drawnIn, type Resampling } from './resampling.ts'

/** A curve at one place, and where it could also lie there: the middle 95% over resampled customers. */
export interface BandPoint extends Interval, CurvePoint {}

/** One prediction for each customer, or several, one from each seed: the curve is then the mean over seeds, and so are its area and its band. */
export type Predicted = ArrayLike<number> | readonly ArrayLike<number>[]

/** Places at which curves are reckoned: evenly, and closer together where curves begin steeply. */
const EVEN = Array.from({ length: 41 }, (_, i) => i / 40)
const PLACES = [0, 0.0025, 0.005, 0.01, 0.0175, ...EVEN.slice(1)]
const STEPS = Array.from({ length: 50 }, (_, i) => (i + 1) / 50)

/**
 * `gainCurve` place by place, with its band: straight between places, both of them. No points without resamples.
 * Errors: `CompareError` as `gainCurve`.
 */
export function gainBand(actual: ArrayLike<number>, predicted: Predicted, resampling: Resampling): readonly BandPoint[] {
  return withIntervals(PLACES, heights(actual, predicted, resampling, GAIN))
}

/**
 * How far the gain curve of one model lies above that of another, place by place, over the same resamples: a paired difference. No points without
 * resamples. Errors: `CompareError` as `gainCurve`.
 */
export function gainDifference(
  actual: ArrayLike<number>,
  one: Predicted,
  other: Predicted,
  resampling: Resampling,
): readonly BandPoint[] {
  const [a, b] = [one, other].map(each => heights(actual, each, resampling, GAIN)) as [readonly Height[], readonly Height[]]
  return withIntervals(
    PLACES,
    a.map((height, p) => {
      const less = b[p] as Height
      return { own: height.own - less.own, drawn: height.drawn.map((each, i) => each - (less.drawn[i] as number)) }
    }),
  )
}

/** `rocCurve` likewise; averaged over seeds at equal x (Fawcett 2006, section 7). No points where a class is missing. Errors: `CompareError` as `rocCurve`. */
export function rocBand(actual: ArrayLike<number>, score: Predicted, resampling: Resampling): readonly BandPoint[] {
  return withIntervals(PLACES, heights(actual, score, resampling, ROC))
}

/**
 * Precision where a recall is first reached, with its band: a step that ends at each place, since straight lines between the points of
 * `precisionRecallCurve` promise what no threshold reaches (Davis and Goadrich 2006). No points without resamples. Errors: `CompareError` as the curve.
 */
export function precisionRecallBand(actual: ArrayLike<number>, score: Predicted, resampling: Resampling): readonly BandPoint[] {
  return withIntervals(STEPS, heights(actual, score, resampling, PRECISION))
}

interface Axes {
  readonly places: readonly number[]
  /** What a customer adds to either axis, by what happened. */
  readonly x: (actual: number) => number
  readonly y: (actual: number) => number
  /** In place of the share of all that has been reached, straight between points: of the sums at the first point that reaches the place. */
  readonly height?: (x: number, y: number) => number
}
const GAIN: Axes = { places: PLACES, x: () => 1, y: spent => spent }
const ROC: Axes = { places: PLACES, x: returned => 1 - returned, y: returned => returned }
const PRECISION: Axes = { places: STEPS, x: returned => returned, y: () => 1, height: (found, named) => found / named }

/** A curve's height at one place: its own, and in each resample. */
interface Height {
  readonly own: number
  readonly drawn: Float64Array
}

/** Place by place, the mean over seeds. */
function heights(actual: ArrayLike<number>, predicted: Predicted, resampling: Resampling, axes: Axes): readonly Height[] {
  const runs = (
    typeof predicted[0] === 'number' || predicted.length === 0 ? [predicted] : predicted
  ) as readonly ArrayLike<number>[]
  const n = requireAlike(actual, runs[0] as ArrayLike<number>)
  const curves = runs.map(run => curveOf(actual, run, axes))
  const mean = (drawn: Uint32Array): readonly number[] => {
    const all = curves.map(curve => curve(drawn))
    return axes.places.map((_, p) => all.reduce((sum, each) => sum + (each[p] as number), 0) / all.length)
  }
  const own = mean(new Uint32Array(n).fill(1))
  const drawn = axes.places.map(() => new Float64Array(resampling.resamples))
  for (let b = 0; b < resampling.resamples; b++)
    mean(drawnIn(b, resampling, n)).forEach((height, p) => ((drawn[p] as Float64Array)[b] = height))
  return own.map((height, p) => ({ own: height, drawn: drawn[p] as Float64Array }))
}

/** Heights of one seed's curve at the places, by how often each customer was drawn. */
function curveOf(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  { places, x, y, height }: Axes,
): (drawn: Uint32Array) => readonly number[] {
  requireAlike(actual, predicted)
  const order = descending(predicted)
  const ends: number[] = []
  eachTie(order, predicted, (_, to) => ends.push(to))
  const across = Float64Array.from(order, row => x(actual[row] as number))
  const up = Float64Array.from(order, row => y(actual[row] as number))
  const [xs, ys] = [new Float64Array(ends.length + 1), new Float64Array(ends.length + 1)]
  return drawn => {
    let [right, high, i, at] = [0, 0, 0, 0]
    ends.forEach((to, tie) => {
      for (; i < to; i++) {
        const times = drawn[order[i] as number] as number
        right += times * (across[i] as number)
        high += times * (up[i] as number)
      }
      xs[tie + 1] = right
      ys[tie + 1] = high
    })
    return places.map(place => {
      const wanted = place * right
      while (at < ends.length && (xs[at] as number) < wanted) at++
      if (right === 0) return NaN
      return height === undefined ? between(xs, ys, at, wanted) / high : height(xs[at] as number, ys[at] as number)
    })
  }
}

function withIntervals(places: readonly number[], heights: readonly Height[]): readonly BandPoint[] {
  return heights.flatMap(({ own, drawn }, p) => {
    const interval = percentileInterval(drawn)
    return interval === undefined ? [] : [{ x: places[p] as number, y: own, ...interval }]
  })
}

/** The height where the curve reaches `x`, in proportion between the points on either side. */
function between(xs: Float64Array, ys: Float64Array, at: number, x: number): number {
  if (at === 0) return ys[0] as number
  const [left, right] = [xs[at - 1] as number, xs[at] as number]
  const [below, above] = [ys[at - 1] as number, ys[at] as number]
  return right === left ? above : below + ((x - left) / (right - left)) * (above - below)
}
