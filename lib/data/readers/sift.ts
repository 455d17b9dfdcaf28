import { ClvError, DataError } from '../../errors/index.ts'
import type { Capability } from '../../schema/index.ts'
import type { Database } from '../database.ts'
import { EventLog, type LogFacts } from '../event-log.ts'
import { firstRejected, placeOf, type Rejection } from '../rejections.ts'
import { malformed } from './malformed.ts'
import { IMPOSSIBLE_YEAR, impossibleYearSql, requireFormats, timeSql } from './times.ts'

/** The columns that a reader's SQL may give for `sift` to check and cast, all varchar; those left out are NULL. */
export const RAW_COLUMNS = [
  'customer',
  'time',
  'amount',
  'kind',
  'order_id',
  'product',
  'category',
  'quantity',
  'price',
  'channel',
  'rating',
  'text',
  'country',
] as const

export type RawColumn = (typeof RAW_COLUMNS)[number]

export interface Source {
  readonly name: string
  readonly title: string
  readonly file: string
  readonly checksum: string
  readonly currency: string
  /** Amounts of zero are kept as purchases (the literature's convention for CDNOW). */
  readonly keepZeroAmounts?: boolean
  /** Formats of times other than ISO 8601 and YYYYMMDD. */
  readonly formats?: readonly string[]
  /** SQL for rows in file order; blank ones left out. */
  readonly relation: string
  /** SQL expression over the relation for the row as text. */
  readonly raw: string
  /** SQL expressions over the relation. */
  readonly columns: Readonly<Partial<Record<RawColumn, string>>>
  /** How many rows there must be, counted apart from the parser; not checked where unknown. */
  readonly rows?: number
  /** The line on which a record (from 1, the header not counted) begins. */
  readonly lineOf?: (record: number) => number
}

/** The rows of a file, whatever its format, and the SQL of its columns. */
export interface Rows {
  readonly source: Pick<Source, 'checksum' | 'relation' | 'raw' | 'rows' | 'lineOf'>
  readonly column: (name: string) => string
}

/**
 * The one rule for every reader. What breaks the structure of the file (fields too few or too many, quotes that do not close) is an
 * error for the whole file, since nothing after it can be trusted. A row whose structure holds but whose values cannot be used
 * becomes a rejected row with its reason: no customer, no possible time, an amount that is no number, or a purchase
 * whose price, quantity or amount is zero or less. So rows in = rows out + rows rejected. A return's amount is negative.
 */
export async function sift(database: Database, source: Source): Promise<EventLog> {
  await requireFormats(source.formats ?? [], database)
  try {
    await create(database, source)
  } catch (cause) {
    throw cause instanceof ClvError ? cause : malformed(source.file, cause)
  }
  const rejected = await database.table<Rejection>(
    'select reason, count(*) as rows from rejected group by reason order by rows desc, reason',
    'observed',
  )
  const totals = await database.table<{ n: number; customers: number; first: string | null; last: string | null }>(
    `select count(*) as n, count(distinct customer_id) as customers, strftime(min(ts), '%Y-%m-%d') as first, strftime(max(ts), '%Y-%m-%d') as last from events`,
    'observed',
  )
  const [total] = totals.rows()
  const reasons = [...rejected.rows()]
  const rowsIn = (total?.n ?? 0) + reasons.reduce((sum, { rows }) => sum + rows, 0)
  if (source.rows !== undefined && source.rows !== rowsIn) {
    throw new DataError({
      code: 'rows-lost',
      what: `the file has ${source.rows} rows, but ${rowsIn} were parsed`,
      where: source.file,
      remedy: 'most often a quote stands inside a field that is not quoted; quote the field and double the quote',
    })
  }
  if (total === undefined || total.first === null || total.last === null) {
    throw await noEvents(database, source)
  }
  const facts: LogFacts = {
    name: source.name,
    title: source.title,
    source: source.file,
    checksum: source.checksum,
    currency: source.currency,
    capabilities: await capabilitiesIn(database),
    counts: { rowsIn, rowsOut: total.n, rejected: reasons },
    firstDay: total.first,
    lastDay: total.last,
    customers: total.customers,
  }
  return new EventLog(facts, database, source.lineOf)
}

/** What the events themselves have: a mapped column that is empty throughout, or kinds without a return, grant nothing. */
const HELD: Readonly<Partial<Record<Capability, string>>> = {
  products: `product is not null`,
  quantities: `quantity is not null`,
  returns: `kind = 'return'`,
  browsing: `kind = 'browse'`,
  reviews: `kind = 'review'`,
  channel: `channel is not null`,
  country: `country is not null`,
}

async function capabilitiesIn(database: Database): Promise<ReadonlySet<Capability>> {
  const names = Object.keys(HELD) as Capability[]
  const counts = names.map(name => `count(*) filter (where ${HELD[name]}) as ${name}`)
  const [found] = (await database.table<Record<string, number>>(`select ${counts.join(', ')} from events`, 'observed')).rows()
  return new Set(names.filter(name => (found?.[name] ?? 0) > 0))
}

/** The first row of the most frequent reason stands for all. */
async function noEvents(database: Database, { file, lineOf }: Source): Promise<DataError> {
  const code = 'no-events'
  const [first] = await firstRejected(database, lineOf ?? (() => NaN))
  if (first === undefined)
    return new DataError({
      code,
      what: 'the file holds no rows below its header',
      where: file,
      remedy: 'give a file with events',
    })
  return new DataError({
    code,
    what: `no row of the file can be used; most often: ${first.reason}`,
    where: `${file}, ${placeOf(first)}`,
    remedy: REMEDIES[first.reason] ?? 'check which column is mapped to what',
  })
}

const REMEDIES: Readonly<Record<string, string>> = {
  'no possible time':
    'write times as 2011-06-09 or 2011-06-09 12:30:00, or declare how they are written (`--time-format %d/%m/%Y`, in code `formats`)',
  [IMPOSSIBLE_YEAR]: 'write times that can be meant, and check which column is mapped and how its years are written',
  'amount is no number': 'write amounts as 1234.50, without currency and thousands separators, and check which column is mapped',
}

async function create(database: Database, source: Source): Promise<void> {
  const zero = source.keepZeroAmounts === true ? '<' : '<='
  const columns = RAW_COLUMNS.map(name => `${source.columns[name] ?? 'cast(null as varchar)'} as ${name}`)
  const product = 'try_cast(trim(price) as decimal(14,4)) * cast(try_cast(trim(quantity) as decimal(14,4)) as decimal(24,4))'
  await database.run(`
    create table sifted as
    with raw_rows as (select row_number() over () as record, ${source.raw} as raw, ${columns.join(', ')} from ${source.relation}),
    cast_rows as (
      select record, raw, nullif(trim(customer), '') as customer_id, ${timeSql(source.formats)} as ts,
        coalesce(lower(nullif(trim(kind), '')), 'purchase') as kind,
        ${source.columns.amount === undefined ? `try_cast(${product} as decimal(18,4))` : 'try_cast(trim(amount) as decimal(18,4))'} as amount,
        nullif(trim(price), '') as price_text, nullif(trim(quantity), '') as quantity_text, try_cast(trim(price) as decimal(14,4)) as price,
        ${finite('quantity')} as quantity, nullif(trim(order_id), '') as order_id, nullif(trim(product), '') as product,
        nullif(trim(category), '') as category, nullif(trim(channel), '') as channel, ${finite('rating')} as rating,
        nullif(text, '') as text, nullif(trim(country), '') as country
      from raw_rows
    ),
    judged as (
      select *, case
        when customer_id is null then 'no customer'
        when ts is null then 'no possible time'
        when ${impossibleYearSql('ts')} then '${IMPOSSIBLE_YEAR}'
        when kind not in ('purchase', 'return', 'browse', 'review', 'contact') then 'unknown kind of event'
        when price_text is not null and price is null then 'price is no number'
        when quantity_text is not null and quantity is null then 'quantity is no number'
        when kind = 'purchase' and quantity <= 0 then 'quantity of zero or less'
        when kind = 'purchase' and price <= 0 then 'price of zero or less'
        when kind in ('purchase', 'return') and amount is null then 'amount is no number'
        when kind = 'purchase' and amount ${zero} 0 then 'amount of zero or less'
        else null end as reason
      from cast_rows
    )
    select * replace (case when reason is not null then raw end as raw) from judged`)
  await database.run(`
    create table events as
    select record, customer_id, ts, kind,
      cast(case kind when 'purchase' then amount when 'return' then -abs(amount) else 0 end as decimal(18,4)) as amount,
      order_id, product, category, quantity, channel, rating, text, cast(null as double) as pages, cast(null as double) as seconds, country
    from sifted where reason is null order by ts, customer_id, record`)
  await database.run('create table rejected as select record, reason, raw from sifted where reason is not null order by record')
  await database.run('drop table sifted')
  await database.run(`
    create macro customers_between(since, until) as table
    select customer_id, arg_min(country, record) as country, arg_min(channel, record) as channel,
      cast(null as double) as acquisition_cost, cast(null as double) as age, cast(null as double) as income
    from events where ts >= since and ts < until group by customer_id`)
}

const finite = (column: string): string =>
  `case when isfinite(try_cast(trim(${column}) as double)) then try_cast(trim(${column}) as double) end`
