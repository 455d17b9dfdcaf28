import { UsageError } from '../../errors/index.ts'
import type { Database } from '../database.ts'
import { literal } from './sql.ts'

/** A year beyond these is a slip or a stand-in for "never" (9999-12-31), and one such row would stretch the log by millennia. */
const YEARS = [1900, 2199] as const
export const IMPOSSIBLE_YEAR = `year outside ${YEARS[0]} to ${YEARS[1]}`

/** What is written around a time, tabs and line ends too, says nothing. */
const TIME = `trim(time, e' \\t\\r\\n')`
/** A day with a year of four digits, perhaps with a clock: the whole text, so that DuckDB reads nothing into it that is not named here. */
const DAY = '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}'
const CLOCK = '[Tt ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?'
const ZONE = ' ?([Zz]|UTC|[+-](0[0-9]|1[0-5])(:?[0-5][0-9])?)'

/**
 * SQL for the timestamp (UTC) of a column `time` of text, NULL where it is none. Without `formats`: ISO 8601 or YYYYMMDD; with
 * them: the first that fits, as of strptime (`%d/%m/%Y %H:%M`). A time without a zone is UTC. Nothing else is guessed.
 */
export function timeSql(formats: readonly string[] = []): string {
  if (formats.length === 0) {
    return `case
      when regexp_full_match(${TIME}, '[0-9]{8}') then cast(try_strptime(${TIME}, '%Y%m%d') as timestamp)
      when regexp_full_match(${TIME}, '${DAY}(${CLOCK})?') then try_cast(upper(${TIME}) as timestamp)
      when regexp_full_match(${TIME}, '${DAY}${CLOCK}${ZONE}') then cast(try_cast(${zonedSql(`upper(${TIME})`)} as timestamptz) as timestamp)
      end`
  }
  // DuckDB takes words such as "infinity" for 1900-01-01.
  return `case when regexp_matches(time, '[0-9]') then cast(try_strptime(${TIME}, [${formats.map(literal).join(', ')}]) as timestamp) end`
}

/** SQL that is true of a timestamp whose year cannot be meant. */
export const impossibleYearSql = (ts: string): string => `year(${ts}) not between ${YEARS[0]} and ${YEARS[1]}`

/** As DuckDB wants it: seconds, and no space before the zone. */
function zonedSql(time: string): string {
  const seconds = `regexp_replace(replace(${time}, 'UTC', 'Z'), '^([^:]*:[0-9]{2})( ?[Z+-])', '\\1:00\\2')`
  return `regexp_replace(${seconds}, ' (Z|[+-][0-9:]+)$', '\\1')`
}

/** Errors: `UsageError` for a format that DuckDB's strptime does not understand, or that names no year. */
export async function requireFormats(formats: readonly string[], database: Database): Promise<void> {
  for (const format of formats) {
    const refuse = (why: string): UsageError =>
      new UsageError({
        code: 'bad-format',
        what: `"${format}" is no format of a time: ${why}`,
        where: '--time-format (in code `formats`)',
        remedy: 'write it as strptime does, such as %d/%m/%Y %H:%M',
      })
    try {
      await database.run(`select try_strptime('1', ${literal(format)})`)
    } catch (cause) {
      throw refuse(/: ((?:Unrecognized|Trailing)[^\n]*)/.exec(String(cause))?.[1] ?? 'strptime does not understand it')
    }
    if (!/%-?[YycxDFG]/.test(format.replaceAll('%%', ''))) throw refuse('it names no year')
  }
}
