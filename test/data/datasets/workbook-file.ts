import { zip } from './zip.ts'

type Cell = string | number | undefined

/** A workbook as spreadsheet programs write it: strings by number, each once; cells that are empty left out. */
export function workbookFile(rows: readonly (readonly Cell[])[]): Buffer {
  const strings = new Map<string, number>()
  const element = (cell: Cell, reference: string): string => {
    if (cell === undefined) return ''
    if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`
    if (!strings.has(cell)) strings.set(cell, strings.size)
    return `<c r="${reference}" t="s"><v>${strings.get(cell)}</v></c>`
  }
  const sheet = rows.map(
    (cells, row) => `<row r="${row + 1}">${cells.map((cell, i) => element(cell, `${letter(i)}${row + 1}`)).join('')}</row>`,
  )
  return workbookOf(
    sheet.join(''),
    [...strings.keys()].map(text => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join(''),
  )
}

/** The zip around the rows of a sheet and the items of its shared strings, as XML. */
export function workbookOf(rows: string, strings?: string): Buffer {
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
  return zip({
    'xl/worksheets/sheet1.xml': Buffer.from(`${head}<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`),
    ...(strings === undefined ? {} : { 'xl/sharedStrings.xml': Buffer.from(`${head}<sst ${main}>${strings}</sst>`) }),
  })
}

const letter = (column: number): string => String.fromCharCode(65 + column)
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
