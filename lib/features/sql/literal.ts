import { UsageError } from '../../errors/index.ts'

/**
 * A day as an SQL literal, `date '2011-06-09'`. The feature SQL takes its dates as literals, so that the same text runs on
 * any engine; only a real day in the form `YYYY-MM-DD` gets through.
 *
 * @throws UsageError for anything else
 */
export function sqlDate(day: string, name: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN
  if (!Number.isFinite(time) || new Date(time).toISOString().slice(0, 10) !== day) {
    throw new UsageError({
      code: 'bad-date',
      what: `${name} is ${JSON.stringify(day)}, which is no day`,
      remedy: 'write it as YYYY-MM-DD',
    })
  }
  return `date '${day}'`
}

/** Text as an SQL literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
