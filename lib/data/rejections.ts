import type { Database } from './database.ts'

/** How many rows were not used, and why. */
export type Rejection = { readonly reason: string; readonly rows: number }

/**
 * A rejected row: its place in the file (from 1, the header not counted), the line on which it begins (NaN for a file without lines),
 * the reason, and its text.
 */
export type RejectedRow = { readonly record: number; readonly line: number; readonly reason: string; readonly raw: string }

const LONGEST = 80

/** The first rejected row of each reason, the most frequent reason first. */
export async function firstRejected(database: Database, lineOf: (record: number) => number): Promise<readonly RejectedRow[]> {
  const table = await database.table<Omit<RejectedRow, 'line'>>(
    'select min(record) as record, reason, arg_min(raw, record) as raw from rejected group by reason order by count(*) desc, reason',
    'observed',
  )
  return [...table.rows()].map(row => ({ ...row, line: lineOf(row.record) }))
}

/** Where a rejected row stands and what it says, in one line: `line 6: 2024-02-30,ann,14.0`. */
export function placeOf({ line, record, raw }: Pick<RejectedRow, 'line' | 'record' | 'raw'>): string {
  const text = raw.replace(/\s+/g, ' ')
  return `${Number.isNaN(line) ? `row ${record}` : `line ${line}`}: ${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}`
}
