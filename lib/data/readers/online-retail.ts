import type { Database } from '../database.ts'
import type { EventLog } from '../event-log.ts'
import { requireColumns } from './header.ts'
import { inspect } from './inspect.ts'
import { sift } from './sift.ts'
import { literal } from './sql.ts'

const COLUMNS = ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID', 'Country']

/**
 * "Online Retail" (UCI Machine Learning Repository, Daqing Chen, CC BY 4.0), csv or csv.gz: a line of an invoice is an
 * event; an invoice whose number starts with C is a cancellation, which becomes a return; exact duplicates are kept.
 */
export async function readOnlineRetail(file: string, database: Database): Promise<EventLog> {
  const facts = await inspect(file)
  requireColumns(file, facts.header.split(','), COLUMNS)
  return await sift(database, {
    name: 'online-retail', title: 'Online Retail', file, checksum: facts.checksum, currency: 'GBP',
    capabilities: ['products', 'quantities', 'returns', 'country'],
    sql: `select row_number() over () as record, concat_ws(',', InvoiceNo, StockCode, coalesce(Description, ''), Quantity, InvoiceDate, UnitPrice, coalesce(CustomerID, ''), Country) as raw,
      regexp_replace(CustomerID, '\\.0$', '') as customer, InvoiceDate as time, cast(null as varchar) as amount,
      case when InvoiceNo like 'C%' then 'return' else 'purchase' end as kind, InvoiceNo as order_id, StockCode as product, cast(null as varchar) as category,
      Quantity as quantity, UnitPrice as price, cast(null as varchar) as channel, cast(null as varchar) as rating, cast(null as varchar) as text,
      Country as country, cast(null as varchar) as pages, cast(null as varchar) as seconds
      from read_csv(${literal(file)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`,
  })
}
