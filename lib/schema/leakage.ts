import { LeakageError } from '../errors/index.ts'

/** How the outcome's columns are called. */
const OF_THE_OUTCOME = /^(future_|buys_again$)/

/** Rows that came out of tables that hold the outcome. */
const outcomeRows = new WeakSet<object>()

/** Remembers that a row holds what happened after the cutoff, whatever its columns are called. */
export function remember(row: object, when: string): void {
  if (when === 'outcome' || when === 'labelled') outcomeRows.add(row)
}

/**
 * Stands behind the compiler where a caller vouches for the time of values. Errors: `LeakageError` for columns of the outcome, or rows of a table
 * that held it, under the name of what was observed.
 */
export function requireNotLater(names: readonly string[], when: string, where: string, rows: readonly object[] = []): void {
  if (when !== 'observed') return
  const later = names.find(name => OF_THE_OUTCOME.test(name))
  const what =
    later !== undefined ? `column "${later}" tells` : rows.some(row => outcomeRows.has(row)) ? 'the rows tell' : undefined
  if (what === undefined) return
  throw new LeakageError({
    code: 'outcome-as-observed',
    what: `${what} what happened after the cutoff, and the table is to count as observed`,
    where,
    remedy: "leave it out, or make the table as 'labelled'",
  })
}
