import { ReportError } from '../errors/index.ts'

/** Errors: `ReportError` where there is nothing to draw, or columns differ in length. */
export function requireData(chart: string, ...columns: readonly ArrayLike<unknown>[]): void {
  const [first] = columns
  if (first === undefined || first.length === 0)
    throw new ReportError({ code: 'no-data', what: `there is nothing to draw in ${chart}`, remedy: 'give at least one value' })
  const other = columns.find(column => column.length !== first.length)
  if (other !== undefined)
    throw new ReportError({
      code: 'unequal-lengths',
      what: `${chart} was given ${first.length} and ${other.length} values`,
      remedy: 'give columns of one length',
    })
}

/** As `requireData`, and every value a finite number: a drawing would leave the others out without a word. */
export function requireNumbers(chart: string, ...columns: readonly ArrayLike<number>[]): void {
  requireData(chart, ...columns)
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      if (!Number.isFinite(column[i])) {
        throw new ReportError({
          code: 'not-a-number',
          what: `${chart} was given ${column[i]}`,
          where: `value ${i + 1} of ${column.length}`,
          remedy: 'leave out, or mend, what could not be computed',
        })
      }
    }
  }
}
