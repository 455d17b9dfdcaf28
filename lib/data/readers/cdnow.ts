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
 * (master id, sample id, date, number of CDs, dollars, without one). Fixed width, recognised by their number of fields.
 */
export async function readCdnow(file: string, database: Database, options: CdnowOptions = {}): Promise<EventLog> {
  const facts = await inspect(file)
  const first = facts.header.trim().split(/\s+/)
  const master = first[0] === 'customer_id'
  if (!master && first.length !== 5) {
    throw new DataError({ code: 'wrong-columns', what: `the first line has ${first.length} fields where CDNOW's files have a header or five`, where: `${file}, line 1`, remedy: 'give CDNOW_master.txt or CDNOW_sample.txt' })
  }
  const field = (i: number): string => `fields[${master ? i : i === 1 ? 1 : i + 1}]`
  return await sift(database, {
    name: 'cdnow', title: master ? 'CDNOW master' : 'CDNOW sample', file, checksum: facts.checksum, currency: 'USD',
    capabilities: [], ...(options.keepZeroAmounts === undefined ? {} : { keepZeroAmounts: options.keepZeroAmounts }),
    sql: `select record, line as raw, case when len(fields) = ${master ? 4 : 5} then ${field(1)} end as customer, ${field(2)} as time, ${field(4)} as amount,
      cast(null as varchar) as kind, cast(null as varchar) as order_id, cast(null as varchar) as product, cast(null as varchar) as category, cast(null as varchar) as quantity,
      cast(null as varchar) as price, cast(null as varchar) as channel, cast(null as varchar) as rating, cast(null as varchar) as text, cast(null as varchar) as country,
      cast(null as varchar) as pages, cast(null as varchar) as seconds
      from (select record${master ? ' - 1' : ''} as record, line, string_split_regex(trim(line), '\\s+') as fields from (${linesSql(file)}))
      ${master ? 'where record > 0' : ''}`,
  })
}
