import fs from 'node:fs'
import type { EventLog } from '../data/index.ts'
import { inCsv } from './in-csv.ts'
import { requireWritable } from './require-writable.ts'
import { writeWholeFile } from './whole-file.ts'

const ROWS_AT_ONCE = 10_000

/**
 * Writes every rejected row of a log as CSV, in the file's order: its line (its row, for a Parquet file), the reason, its text. Whole or not at all.
 * Errors: as `requireWritable`, `DataError`.
 */
export async function writeRejected(file: string, log: EventLog): Promise<void> {
  requireWritable(file, ['csv'])
  await writeWholeFile(file, 'rejected rows', async partial => {
    const written = fs.openSync(partial, 'w')
    try {
      fs.writeFileSync(written, 'line,reason,row\n')
      for (let after = 0; ;) {
        const rows = [...(await log.rejectedRows(ROWS_AT_ONCE, after)).rows()]
        const lines = rows.map(({ line, record, reason, raw }) => [Number.isNaN(line) ? record : line, reason, raw])
        fs.writeFileSync(written, lines.map(cells => `${cells.map(inCsv).join(',')}\n`).join(''))
        const last = rows.at(-1)
        if (last === undefined) return
        after = last.record
      }
    } finally {
      fs.closeSync(written)
    }
  })
}
