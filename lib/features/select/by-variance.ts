import { variance } from 'simple-statistics'
import type { Table, Row } from '../../schema/index.ts'
import { selection, type NumericNames, type Selection } from './selection.ts'

/**
 * Leaves out columns whose variance (divisor n, missing values aside) is at most `min`: 0 unless given, so constant columns
 * and those without a value.
 */
export function selectByVariance<R extends Row>(
  table: Table<R, 'observed'>,
  { columns, min = 0 }: { readonly columns?: readonly NumericNames<R>[]; readonly min?: number } = {},
): Selection<NumericNames<R>> {
  table.requireWhen('observed', 'selectByVariance')
  const names = columns ?? (table.numericNames() as readonly NumericNames<R>[])
  const scores = Object.fromEntries(
    names.map(name => {
      const known = Array.from(table.column(name) as ArrayLike<number>).filter(value => !Number.isNaN(value))
      const flat = known.every(value => value === known[0])
      return [name, flat ? 0 : variance(known)]
    }),
  )
  return selection(names, scores, name =>
    (scores[name] as number) > min ? undefined : `its variance is ${scores[name]}, not above ${min}`,
  )
}
