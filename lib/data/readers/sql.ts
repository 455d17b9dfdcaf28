/** A string as an SQL literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A name as an SQL identifier. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Reads whole lines of a text file as one varchar column `line`, blank ones left out, with their number. */
export function linesSql(file: string): string {
  return `select row_number() over () as record, line from (
    select trim(line, chr(13)) as line from read_csv(${literal(file)}, columns = {'line': 'varchar'}, header = false, delim = chr(1), quote = '', escape = '', auto_detect = false)
  ) where trim(line) <> ''`
}
