import { ClvError, DataError } from '../../errors/index.ts'
import { Database } from '../database.ts'
import { openCsv } from './csv.ts'
import { malformed } from './malformed.ts'
import { openParquet } from './parquet.ts'
import { identifier } from './sql.ts'
import { firstBytes } from './unreadable.ts'

/** Some columns of a file, each cell as text, null where it is empty. */
export interface TextColumns {
  readonly rows: number
  /** Undefined for a column that the file does not have. */
  readonly column: (name: string) => readonly (string | null)[] | undefined
  /** Where row `i` (from 0) stands: `line 2` of a text file, `row 1` of any other. */
  readonly placeOf: (i: number) => string
}

/**
 * Reads those columns of a CSV (also gzipped) or Parquet file that it has. Errors: `DataError`, as for an event log: a file that is missing,
 * empty, truncated or damaged, that is not UTF-8, whose quotes do not close, or that lacks a column of `needed`.
 */
export async function readTextColumns(file: string, needed: readonly string[], others: readonly string[]): Promise<TextColumns> {
  const database = await Database.open()
  try {
    const { names, relation, column, rows, lineOf } = await opened(file, needed, database)
    const present = [...needed, ...others].filter(name => names.includes(name))
    await database.run(
      `create table cells as select ${present.map(name => `nullif(${column(name)}, '') as ${identifier(name)}`).join(', ')} from ${relation}`,
    )
    const table = await database.table<Record<string, string | null>>('select * from cells', 'observed')
    if (rows !== undefined && rows !== table.length) {
      throw new DataError({
        code: 'rows-lost',
        what: `the file has ${rows} rows, but ${table.length} were parsed`,
        where: file,
        remedy: 'quote fields that hold quotes, and double the quotes in them',
      })
    }
    return {
      rows: table.length,
      column: name => (present.includes(name) ? (table.column(name) as readonly (string | null)[]) : undefined),
      placeOf: i => (lineOf === undefined ? `row ${i + 1}` : `line ${lineOf(i + 1)}`),
    }
  } catch (cause) {
    throw cause instanceof ClvError ? cause : malformed(file, cause)
  } finally {
    database.close()
  }
}

interface Opened {
  readonly names: readonly string[]
  readonly relation: string
  readonly column: (name: string) => string
  /** How many there must be, and on which line each begins; unknown for Parquet. */
  readonly rows?: number
  readonly lineOf?: (record: number) => number
}

async function opened(file: string, needed: readonly string[], database: Database): Promise<Opened> {
  if ((await firstBytes(file, 4)).toString('latin1') === 'PAR1') {
    const { names, source, column } = await openParquet(file, needed, database)
    return { names, relation: source.relation, column }
  }
  const { names, relation, column, facts } = await openCsv(file, needed)
  return { names, relation, column, rows: facts.records - 1, lineOf: record => facts.lines.lineOf(record + 1) }
}
