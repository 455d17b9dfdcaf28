import { spearman } from './spearman.ts'

/**
 * Spearman's rank correlation of each pair of columns: second with first, third with first, third with second, and so on. Rows with a missing value in a pair
 * are left out; NaN for a pair of which a column does not differ.
 */
export function rankCorrelations(columns: readonly ArrayLike<number>[]): Float64Array {
  return Float64Array.from(columns.flatMap((a, i) => columns.slice(0, i).map(b => correlation(a, b))))
}

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const rows = Array.from(a, (_, i) => i).filter(i => !Number.isNaN(a[i]) && !Number.isNaN(b[i]))
  return rows.length < 2
    ? NaN
    : spearman(
        rows.map(i => a[i] as number),
        rows.map(i => b[i] as number),
      )
}
