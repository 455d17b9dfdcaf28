import { DataError } from '../../errors/index.ts'
import type { Database } from '../database.ts'
import type { EventLog } from '../event-log.ts'
import { inspect } from './inspect.ts'
import { sift } from './sift.ts'
import { linesSql } from './sql.ts'

export interface CdnowOptions {
  /** The literature's figures keep purchases of 0.00; the comparison protocol drops them. */
  readonly keepZeroAmounts?: boolean
}

/**
 * CDNOW (Fader and Hardie 2001): the master file (customer, date, number of CDs, dollars, with a header) or the 1/10 sample
 * (master id, sample id, date, number of CDs, dollars, without one). Fixed width, told apart by the first line. The customer
 * is the master id in both. A line with another number of fields is an error for the whole file.
 */
export async function readCdnow(
  file: string,
  database: Database,
  { keepZeroAmounts = false }: CdnowOptions = {},
): Promise<EventLog> {
  const { checksum, gzip, header, lines, records } = await inspect(file)
  const first = header.trim().split(/\s+/)
  const master = first[0] === 'customer_id'
  if (!master && first.length !== 5) {
    throw new DataError({
      code: 'wrong-columns',
      what: `the first line has ${first.length} fields where CDNOW's files have a header or five`,
      where: `${file}, line 1`,
      remedy: 'give CDNOW_master.txt or CDNOW_sample.txt',
    })
  }
  const width = master ? 4 : 5
  const headers = master ? 1 : 0
  const lineOf = (record: number): number => lines.lineOf(record + headers)
  const relation = `(select line, string_split_regex(trim(line), '\\s+') as fields from ${linesSql(file, { gzip, skip: headers })})`
  const odd = await database.table<{ record: number; fields: number }>(
    `select record, len(fields) as fields from (select row_number() over () as record, fields from ${relation}) where len(fields) <> ${width} order by record limit 1`,
    'observed',
  )
  for (const { record, fields } of odd.rows()) {
    throw new DataError({
      code: 'malformed',
      what: `the line has ${fields} fields where ${width} are due`,
      where: `${file}, line ${lineOf(record)}`,
      remedy: 'mend that line, or get the file again',
    })
  }
  return await sift(database, {
    name: 'cdnow',
    title: master ? 'CDNOW master' : 'CDNOW sample',
    file,
    checksum,
    currency: 'USD',
    keepZeroAmounts,
    relation,
    raw: 'line',
    columns: { customer: 'fields[1]', time: `fields[${width - 2}]`, amount: `fields[${width}]` },
    rows: records - headers,
    lineOf,
  })
}
