import { percentileInterval, type Interval } from './percentile-interval.ts'
import { descending } from './ranks.ts'
import { requireAlike } from './require-alike.ts'
import { drawnIn, type Resampling } from './resampling.ts'

/** Where the means of one decile could also lie. */
export interface DecileInterval {
  readonly predicted: Interval
  readonly actual: Interval
}

export interface DecileIntervals {
  /** By decile, the highest predictions first. */
  readonly groups: readonly DecileInterval[]
  /** Of the sum predicted over the sum that happened. */
  readonly total: Interval
}

/**
 * The middle 95%, over resampled customers, of the means that `deciles` gives: each resample is ranked and cut into its own ten groups. Of a model that depends on
 * chance, give the predictions of all its seeds: resamples take turns with them, so that the intervals hold what a seed does, too. Undefined without resamples, or where nothing happened.
 * Errors: `CompareError` of unlike lengths.
 */
export function decileIntervals(
  actual: ArrayLike<number>,
  runs: readonly ArrayLike<number>[],
  resampling: Resampling,
): DecileIntervals | undefined {
  const n = actual.length
  for (const run of runs) requireAlike(actual, run)
  const { resamples, seed } = resampling
  // ties are broken at random, as in `deciles`
  const shuffled = seed.child('ties').random().permutation(n)
  const orders = runs.map(run =>
    descending(Float64Array.from(shuffled, row => run[row] as number)).map(i => shuffled[i] as number),
  )
  const empty = (): Float64Array => new Float64Array(resamples)
  const means = Array.from({ length: Math.min(10, n) }, () => ({ predicted: empty(), actual: empty() }))
  const total = empty()
  for (let b = 0; b < resamples; b++) {
    const run = b % runs.length
    const drawn = drawnIn(b, resampling, n)
    const sums = groupSums(orders[run] as Uint32Array, drawn, means.length, [runs[run] as ArrayLike<number>, actual])
    sums.forEach(({ customers, of: [predicted, happened] }, group) => {
      const mean = means[group] as (typeof means)[number]
      mean.predicted[b] = (predicted as number) / customers
      mean.actual[b] = (happened as number) / customers
    })
    const [all, real] = [0, 1].map(side => sums.reduce((sum, { of }) => sum + (of[side] as number), 0)) as [number, number]
    total[b] = real > 0 ? all / real : NaN
  }
  const overall = percentileInterval(total)
  if (overall === undefined) return undefined
  const groups = means.map(each => ({
    predicted: percentileInterval(each.predicted) as Interval,
    actual: percentileInterval(each.actual) as Interval,
  }))
  return { groups, total: overall }
}

interface GroupSums {
  readonly customers: number
  readonly of: readonly number[]
}

/** Sums over equal groups of a ranking in which each customer stands as often as drawn; one who is drawn often may stand in two groups. */
function groupSums(
  order: ArrayLike<number>,
  drawn: Uint32Array,
  groups: number,
  columns: readonly ArrayLike<number>[],
): readonly GroupSums[] {
  const n = drawn.length
  let [i, left] = [-1, 0]
  return Array.from({ length: groups }, (_, group) => {
    const customers = Math.floor(((group + 1) * n) / groups) - Math.floor((group * n) / groups)
    const sums = columns.map(() => 0)
    for (let wanted = customers; wanted > 0;) {
      while (left === 0) left = drawn[order[++i] as number] as number
      const taken = Math.min(left, wanted)
      columns.forEach((column, c) => (sums[c] = (sums[c] as number) + taken * (column[order[i] as number] as number)))
      left -= taken
      wanted -= taken
    }
    return { customers, of: sums }
  })
}
