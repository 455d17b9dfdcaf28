import { DataError } from '../../errors/index.ts'
import type { Capability } from '../../schema/index.ts'
import type { Database } from '../database.ts'
import { EventLog, type LogFacts, type Rejection } from '../event-log.ts'

/** The columns that a reader's SQL gives, all varchar, for `sift` to check and cast. */
export const RAW_COLUMNS = ['customer', 'time', 'amount', 'kind', 'order_id', 'product', 'category', 'quantity', 'price', 'channel', 'rating', 'text', 'country', 'pages', 'seconds'] as const

export interface Source {
  readonly name: string
  readonly title: string
  readonly file: string
  readonly checksum: string
  readonly currency: string
  readonly capabilities: readonly Capability[]
  /** Amounts of zero are kept as purchases (the literature's convention for CDNOW). */
  readonly keepZeroAmounts?: boolean
  /** SQL for (record bigint, raw varchar, …RAW_COLUMNS), in file order. */
  readonly sql: string
}

/**
 * The one rule for every reader: each row becomes an event or a rejected row with its reason, none is lost.
 * A row is rejected when it has no customer, no possible time, an amount that is no number, or a purchase whose price, quantity
 * or amount is zero or less. A return's amount is negative.
 */
export async function sift(database: Database, source: Source): Promise<EventLog> {
  await create(database, source)
  const rejected = await database.table<Rejection>('select reason, count(*) as rows from rejected group by reason order by rows desc, reason', 'observed')
  const totals = await database.table<{ n: number; customers: number; first: string | null; last: string | null }>(
    `select count(*) as n, count(distinct customer_id) as customers, strftime(min(ts), '%Y-%m-%d') as first, strftime(max(ts), '%Y-%m-%d') as last from events`,
    'observed',
  )
  const [total] = totals.rows()
  const reasons = [...rejected.rows()]
  if (total === undefined || total.first === null || total.last === null) {
    throw new DataError({
      code: 'no-events', what: 'no row of the file can be used', where: source.file,
      remedy: reasons.length === 0 ? 'the file holds no rows below its header' : `most often: ${reasons[0]?.reason}; check the columns`,
    })
  }
  const facts: LogFacts = {
    name: source.name, title: source.title, source: source.file, checksum: source.checksum, currency: source.currency,
    capabilities: new Set(source.capabilities),
    counts: { rowsIn: total.n + reasons.reduce((sum, { rows }) => sum + rows, 0), rowsOut: total.n, rejected: reasons },
    firstDay: total.first, lastDay: total.last, customers: total.customers,
  }
  return new EventLog(facts, database)
}

async function create(database: Database, source: Source): Promise<void> {
  const zero = source.keepZeroAmounts === true ? '<' : '<='
  try {
    await database.run(`
      create table sifted as
      with raw_rows as (${source.sql}),
      cast_rows as (
        select record, raw, nullif(trim(customer), '') as customer_id, ${timeSql()} as ts,
          coalesce(lower(nullif(trim(kind), '')), 'purchase') as kind,
          case when price is null then try_cast(trim(amount) as decimal(18,4))
            else cast(try_cast(trim(price) as decimal(14,4)) * try_cast(trim(quantity) as decimal(12,2)) as decimal(18,4)) end as amount,
          amount as amount_text, price as price_text, quantity as quantity_text,
          order_id, nullif(trim(product), '') as product, category, try_cast(trim(quantity) as double) as quantity, try_cast(trim(price) as double) as price,
          channel, try_cast(rating as double) as rating, text, country, try_cast(pages as double) as pages, try_cast(seconds as double) as seconds
        from raw_rows
      )
      select *, case
        when customer_id is null then 'no customer'
        when ts is null then 'no possible time'
        when kind not in ('purchase', 'return', 'browse', 'review', 'contact') then 'unknown kind of event'
        when price_text is not null and price is null then 'price is no number'
        when quantity_text is not null and trim(quantity_text) <> '' and quantity is null then 'quantity is no number'
        when kind in ('purchase', 'return') and amount is null then 'amount is no number'
        when kind = 'purchase' and quantity <= 0 then 'quantity of zero or less'
        when kind = 'purchase' and price <= 0 then 'price of zero or less'
        when kind = 'purchase' and amount ${zero} 0 then 'amount of zero or less'
        else null end as reason
      from cast_rows`)
    await database.run(`
      create table events as
      select record, customer_id, ts, kind, cast(case kind when 'purchase' then amount when 'return' then -abs(amount) else 0 end as decimal(18,4)) as amount,
        order_id, product, category, quantity, channel, rating, text, pages, seconds
      from sifted where reason is null order by ts, customer_id, record`)
    await database.run('create table rejected as select record, reason, raw from sifted where reason is not null order by record')
    await database.run(`
      create table customers as
      select customer_id, min(country) as country, min(channel) as channel, cast(null as double) as acquisition_cost, cast(null as double) as age, cast(null as double) as income
      from sifted where reason is null group by customer_id order by customer_id`)
    await database.run('drop table sifted')
  } catch (cause) {
    throw malformed(source.file, cause)
  }
}

/** Times as ISO text, as YYYYMMDD, or as seconds are not guessed: ISO and YYYYMMDD only; without a zone they are UTC. */
function timeSql(): string {
  return `coalesce(
    case when regexp_full_match(trim(time), '[0-9]{8}') then try_cast(try_strptime(trim(time), '%Y%m%d') as timestamp) end,
    case when regexp_matches(trim(time), '(Z|[+-][0-9]{2}:?[0-9]{2})$') then cast(try_cast(trim(time) as timestamptz) as timestamp) end,
    try_cast(trim(time) as timestamp))`
}

/** DuckDB's CSV reader names the line; its own words go on. */
function malformed(file: string, cause: unknown): DataError {
  const text = cause instanceof Error ? cause.message : String(cause)
  const line = /line:? (\d+)/i.exec(text)?.[1]
  return new DataError({
    code: 'malformed', what: `the file cannot be parsed: ${text.split('\n').find(part => part.trim() !== '') ?? text}`,
    where: line === undefined ? file : `${file}, line ${line}`, remedy: 'mend that line, or export the file again', cause,
  })
}
