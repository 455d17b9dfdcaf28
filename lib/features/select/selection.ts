import type { Row } from '../../schema/index.ts'

/** Names of numeric columns of a row. */
export type NumericNames<R extends Row> = { [K in keyof R]: [R[K]] extends [number] ? K : never }[keyof R] & string

/** Which columns to keep, in the table's order, and why each other one is left out. */
export interface Selection<K extends string> {
  readonly kept: readonly K[]
  readonly dropped: readonly { readonly column: K; readonly reason: string }[]
  /** The statistic of each column that was looked at. */
  readonly scores: Readonly<Record<string, number>>
}

export function selection<K extends string>(
  columns: readonly K[],
  scores: Readonly<Record<string, number>>,
  reason: (column: K) => string | undefined,
): Selection<K> {
  const verdicts = columns.map(column => ({ column, reason: reason(column) }))
  return {
    kept: verdicts.filter(verdict => verdict.reason === undefined).map(({ column }) => column),
    dropped: verdicts.flatMap(({ column, reason: why }) => (why === undefined ? [] : [{ column, reason: why }])),
    scores,
  }
}
