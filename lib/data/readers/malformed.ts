import { DataError } from '../../errors/index.ts'

/** DuckDB's complaint about a file's structure in our words: its CSV reader names the line and the reason. */
export function malformed(file: string, cause: unknown): DataError {
  const text = cause instanceof Error ? cause.message : String(cause)
  const line = /line:? (\d+)/i.exec(text)?.[1]
  return new DataError({
    code: 'malformed',
    what: reasonOf(text),
    where: line === undefined ? file : `${file}, line ${line}`,
    remedy: 'mend that line, or export the file again',
    cause,
  })
}

function reasonOf(text: string): string {
  const [, expected, found] = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(text) ?? []
  if (expected !== undefined) return `the line has ${found} fields where the header has ${expected}`
  if (/unterminated quote/i.test(text)) return 'a quoted field is broken: its closing quote is missing or text follows it'
  if (/maximum line size/i.test(text)) return 'a line is longer than 2 MB; perhaps a quote does not close'
  const first = text
    .split('\n')
    .map(part => part.trim())
    .find(part => part !== '')
  return `the file cannot be parsed: ${first ?? 'no reason given'}`
}
