import { rankCorrelations } from './rank-correlations.ts'

/**
 * How far the made columns are from being related as the real ones are: the mean, over all pairs of columns, of the difference between
 * their rank correlations, without its sign; 0 where all relations are kept, at most 2. Rows with a missing value in a pair, and
 * pairs of which a column does not differ, are left out. NaN where no pair is left.
 */
export function correlationGap(real: readonly ArrayLike<number>[], made: readonly ArrayLike<number>[]): number {
  const other = rankCorrelations(made)
  const gaps = rankCorrelations(real)
    .map((each, i) => Math.abs(each - (other[i] as number)))
    .filter(each => !Number.isNaN(each))
  return gaps.reduce((sum, each) => sum + each, 0) / gaps.length
}
