import { requireColumns } from './header.ts'
import { inspect, type FileFacts } from './inspect.ts'
import { literal } from './sql.ts'

/** A CSV file whose structure is known: nothing is left for DuckDB to guess. */
export interface Csv {
  readonly facts: FileFacts
  readonly names: readonly string[]
  /** SQL for the rows, all varchar, columns `c1`, `c2`, … in the file's order. */
  readonly relation: string
  /** The SQL name of a column of the file. */
  readonly column: (name: string) => string
}

const DELIMITERS = [',', ';', '\t'] as const

/**
 * A CSV (also gzipped), its delimiter read off the header: comma, semicolon or tab, whichever splits it into most fields. Columns
 * go by their place, so that names which differ in case alone do not clash. Errors: `DataError`, as `inspect` and `requireColumns`.
 */
export async function openCsv(file: string, wanted: readonly string[]): Promise<Csv> {
  const facts = await inspect(file)
  const splits = DELIMITERS.map(delimiter => ({ delimiter, names: splitLine(facts.header, delimiter) }))
  const { delimiter, names } = splits.reduce((best, each) => (each.names.length > best.names.length ? each : best))
  requireColumns(file, names, wanted)
  const columns = names.map((_, i) => `'c${i + 1}': 'varchar'`).join(', ')
  const options = `header = true, auto_detect = false, delim = ${literal(delimiter)}, quote = '"', escape = '"', compression = '${facts.gzip ? 'gzip' : 'none'}'`
  return {
    facts,
    names,
    relation: `read_csv(${literal(file)}, columns = {${columns}}, ${options})`,
    column: name => `c${names.indexOf(name) + 1}`,
  }
}

/** SQL that writes a row's columns as a CSV line again. */
export function rawSql(columns: readonly string[]): string {
  return columns.map(fieldSql).join(` || ',' || `)
}

const fieldSql = (column: string): string =>
  `case when regexp_matches(${column}, '[,"\\n]') then '"' || replace(${column}, '"', '""') || '"' else coalesce(${column}, '') end`

/** The fields of a header line, trimmed, unquoted. */
function splitLine(line: string, delimiter: string): string[] {
  const fields = ['']
  let quoted = false
  for (const letter of line) {
    if (letter === '"') quoted = !quoted
    if (letter === delimiter && !quoted) fields.push('')
    else fields[fields.length - 1] += letter
  }
  return fields.map(field =>
    field
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .replaceAll('""', '"')
      .trim(),
  )
}
