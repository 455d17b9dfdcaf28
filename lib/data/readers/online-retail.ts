import type { Database } from '../database.ts'
import type { EventLog } from '../event-log.ts'
import { openCsv, rawSql } from './csv.ts'
import { sift } from './sift.ts'

export const ONLINE_RETAIL_COLUMNS = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
] as const

/**
 * "Online Retail" (UCI Machine Learning Repository, Daqing Chen, CC BY 4.0), csv or csv.gz: a line of an invoice is an
 * event; an invoice whose number starts with C is a cancellation, which becomes a return; exact duplicates are kept. Times may be as in the
 * file of this name (ISO) or as in the UCI's own (month/day/year).
 */
export async function readOnlineRetail(file: string, database: Database): Promise<EventLog> {
  const { facts, names, relation, column } = await openCsv(file, ONLINE_RETAIL_COLUMNS)
  return await sift(database, {
    name: 'online-retail',
    title: 'Online Retail',
    file,
    checksum: facts.checksum,
    currency: 'GBP',
    formats: ['%Y-%m-%d %H:%M:%S', '%Y-%m-%d %H:%M', '%m/%d/%Y %H:%M'],
    relation,
    raw: rawSql(names.map(column)),
    columns: {
      customer: `regexp_replace(trim(${column('CustomerID')}), '\\.0$', '')`,
      time: column('InvoiceDate'),
      kind: `case when starts_with(${column('InvoiceNo')}, 'C') then 'return' else 'purchase' end`,
      order_id: column('InvoiceNo'),
      product: column('StockCode'),
      quantity: column('Quantity'),
      price: column('UnitPrice'),
      country: column('Country'),
    },
    rows: facts.records - 1,
    lineOf: record => facts.lines.lineOf(record + 1),
  })
}
