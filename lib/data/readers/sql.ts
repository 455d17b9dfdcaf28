/** A string as an SQL literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A name as an SQL identifier. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Whole lines of a text file as one varchar column `line`, without line ends, blank ones left out. */
export function linesSql(
  file: string,
  { gzip = false, skip = 0 }: { readonly gzip?: boolean; readonly skip?: number } = {},
): string {
  const options = `header = false, skip = ${skip}, delim = chr(1), quote = '', escape = '', auto_detect = false, compression = '${gzip ? 'gzip' : 'none'}'`
  return `(select line from (select rtrim(line, chr(13)) as line from read_csv(${literal(file)}, columns = {'line': 'varchar'}, ${options})) where trim(line) <> '')`
}
