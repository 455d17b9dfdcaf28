import { percentileInterval, type Interval } from './percentile-interval.ts'
import { requireAlike } from './require-alike.ts'
import { drawnIn, type Resampling } from './resampling.ts'

/** The 95% interval of any metric over resampled customers. Undefined without resamples, or where none has a score. Errors: `CompareError` of unlike lengths. */
export function scoreInterval(
  metric: (actual: Float64Array, predicted: Float64Array) => number,
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  resampling: Resampling,
): Interval | undefined {
  const n = requireAlike(actual, predicted)
  const scores = Float64Array.from({ length: resampling.resamples }, (_, b) => {
    const rows = Array.from(drawnIn(b, resampling, n)).flatMap((times, row) => Array<number>(times).fill(row))
    const of = (values: ArrayLike<number>): Float64Array => Float64Array.from(rows, row => values[row] as number)
    return metric(of(actual), of(predicted))
  })
  return percentileInterval(scores)
}
