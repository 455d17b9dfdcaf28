import { spearman } from './spearman.ts'

/**
 * How far the made columns are from being related as the real ones are: the mean, over all pairs of columns, of the difference between
 * their rank correlations, without its sign; 0 where all relations are kept, at most 2. Rows with a missing value in a pair, and
 * pairs of which a column does not differ, are left out. NaN where no pair is left.
 */
export function correlationGap(real: readonly ArrayLike<number>[], made: readonly ArrayLike<number>[]): number {
  let [sum, pairs] = [0, 0]
  for (let i = 0; i < real.length; i++) {
    for (let j = 0; j < i; j++) {
      const gap = Math.abs(correlation(real[i] as ArrayLike<number>, real[j] as ArrayLike<number>) - correlation(made[i] as ArrayLike<number>, made[j] as ArrayLike<number>))
      if (Number.isNaN(gap)) continue
      sum += gap
      pairs++
    }
  }
  return sum / pairs
}

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const rows = Array.from(a, (_, i) => i).filter(i => !Number.isNaN(a[i]) && !Number.isNaN(b[i]))
  return rows.length < 2 ? NaN : spearman(rows.map(i => a[i] as number), rows.map(i => b[i] as number))
}
