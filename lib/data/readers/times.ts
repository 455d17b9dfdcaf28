import { UsageError } from '../../errors/index.ts'
import { literal } from './sql.ts'

/** A day with a year of four digits, and perhaps a time: neither `infinity` nor `epoch`, which DuckDB would take. */
const ISO = '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([T ].*)?'
const ZONED = '[0-9]{2}:[0-9]{2}.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)$'

/**
 * SQL for the timestamp (UTC) of a column `time` of text, NULL where it is none. Without `formats`: ISO 8601 or YYYYMMDD; with
 * them: the first that fits, as of strptime (`%d/%m/%Y %H:%M`). A time without a zone is UTC. Nothing else is guessed.
 */
export function timeSql(formats: readonly string[] = []): string {
  if (formats.length === 0) {
    return `case
      when regexp_full_match(trim(time), '[0-9]{8}') then cast(try_strptime(trim(time), '%Y%m%d') as timestamp)
      when not regexp_full_match(trim(time), '${ISO}') then null
      when regexp_matches(time, '${ZONED}') then cast(try_cast(trim(time) as timestamptz) as timestamp)
      else try_cast(trim(time) as timestamp) end`
  }
  const bad = formats.find(format => !/%[a-zA-Z-]/.test(format))
  if (bad !== undefined) {
    throw new UsageError({
      code: 'bad-format',
      what: `"${bad}" is no format of a time`,
      where: 'formats',
      remedy: 'write it as strptime does, such as %d/%m/%Y %H:%M',
    })
  }
  const parsed = `cast(try_strptime(trim(time), [${formats.map(literal).join(', ')}]) as timestamp)`
  return `case when year(${parsed}) between 1 and 9999 then ${parsed} end`
}
