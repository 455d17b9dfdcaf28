import { once } from 'node:events'
import fs from 'node:fs'
import { DataError } from '../../errors/index.ts'
import { ONLINE_RETAIL_COLUMNS } from '../readers/online-retail.ts'
import { readFirstSheet, type SheetCell } from './workbook.ts'

const DAY_SECONDS = 86_400
/** 1970-01-01 as a workbook counts days. */
const EPOCH_DAY = 25_569

/**
 * Writes the sheet of "Online Retail.xlsx" as the CSV that is known by its checksum: ISO times, prices and customer numbers with a
 * decimal point, quotes where they are needed, an empty field for an empty cell. Errors: `DataError` for another sheet or a damaged one.
 */
export async function workbookToCsv(source: string, target: string): Promise<void> {
  const sink = fs.createWriteStream(target)
  try {
    let lines = ''
    let header = true
    await readFirstSheet(source, cells => {
      if (header) checkHeader(cells, source)
      lines += `${ONLINE_RETAIL_COLUMNS.map((name, i) => quoted(header ? name : field(name, cells[i]))).join(',')}\n`
      header = false
      if (lines.length < 1 << 16) return
      sink.write(lines)
      lines = ''
    })
    sink.end(lines)
    await once(sink, 'close')
  } finally {
    sink.destroy()
  }
}

function checkHeader(cells: readonly SheetCell[], source: string): void {
  if (ONLINE_RETAIL_COLUMNS.every((name, i) => cells[i] === name)) return
  throw new DataError({
    code: 'other-sheet',
    what: `the first sheet has the columns ${cells.join(', ')}, not ${ONLINE_RETAIL_COLUMNS.join(', ')}`,
    where: source,
    remedy: 'this is another workbook',
  })
}

function field(name: (typeof ONLINE_RETAIL_COLUMNS)[number], cell: SheetCell): string {
  if (typeof cell !== 'number') return cell ?? ''
  if (name === 'InvoiceDate')
    return new Date(Math.round((cell - EPOCH_DAY) * DAY_SECONDS) * 1000).toISOString().slice(0, 19).replace('T', ' ')
  if (name === 'UnitPrice' || name === 'CustomerID') return Number.isInteger(cell) ? `${cell}.0` : String(cell)
  return String(cell)
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
