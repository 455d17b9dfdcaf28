import { sampleCorrelation } from 'simple-statistics'
import type { Row, Table } from '../../schema/index.ts'
import { selection, type NumericNames, type Selection } from './selection.ts'

/**
 * Goes through the columns in order and leaves out each whose absolute Pearson correlation with one kept before exceeds
 * `max` (.95). Rows in which either is missing are left out of a pair; a pair without spread, or with fewer than two rows, has
 * correlation 0. Scores are each column's largest correlation with those kept before it.
 */
export function selectByCorrelation<R extends Row>(
  table: Table<R, 'observed'>,
  { columns, max = 0.95 }: { readonly columns?: readonly NumericNames<R>[]; readonly max?: number } = {},
): Selection<NumericNames<R>> {
  table.requireWhen('observed', 'selectByCorrelation')
  const names = columns ?? (table.numericNames() as readonly NumericNames<R>[])
  const values = (name: NumericNames<R>): ArrayLike<number> => table.column(name) as ArrayLike<number>
  const kept: NumericNames<R>[] = []
  const reasons = new Map<string, string>()
  const scores: Record<string, number> = {}
  for (const name of names) {
    const found = kept.map(other => ({ other, size: Math.abs(correlation(values(name), values(other))) }))
    const nearest = found.reduce((best, next) => (next.size > best.size ? next : best), { other: '', size: 0 })
    scores[name] = nearest.size
    if (nearest.size > max)
      reasons.set(name, `its correlation with "${nearest.other}" is ${nearest.size.toFixed(3)} in size, above ${max}`)
    else kept.push(name)
  }
  return selection(names, scores, name => reasons.get(name))
}

const flat = (values: readonly number[]): boolean => values.every(value => value === values[0])

/** Pearson's correlation of the rows where both are there. */
function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [[] as number[], [] as number[]]
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]) || Number.isNaN(b[i])) continue
    x.push(a[i] as number)
    y.push(b[i] as number)
  }
  return x.length < 2 || flat(x) || flat(y) ? 0 : sampleCorrelation(x, y)
}
