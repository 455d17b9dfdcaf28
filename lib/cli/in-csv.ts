/** A cell as CSV has it, quoted where it must be; null is empty, and so told from an empty text. */
export function inCsv(cell: string | number | null): string {
  if (cell === null) return ''
  return typeof cell === 'number' ? String(cell) : quoted(cell)
}

const quoted = (text: string): string => (/[",\r\n]|^\s|\s$|^$/.test(text) ? `"${text.replace(/"/g, '""')}"` : text)
