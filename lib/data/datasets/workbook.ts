import { pipeline } from 'node:stream/promises'
import { SaxesParser } from 'saxes'
import { DataError } from '../../errors/index.ts'
import { zipEntry, zipHolds } from './zip.ts'

const [SHEET, STRINGS] = ['xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml'] as const

/** What a cell of a sheet holds; times are numbers, days since 1899-12-30. Absent where it is empty. */
export type SheetCell = string | number | undefined

/**
 * Reads the first sheet of an Office Open XML workbook (.xlsx; ECMA-376 part 1, 18.3) row by row, in order, with its shared strings in
 * memory and the sheet streamed. `onRow` gets each row's cells by column, from 0. Errors: `DataError` where the file is damaged.
 */
export async function readFirstSheet(file: string, onRow: (cells: readonly SheetCell[]) => void): Promise<void> {
  const strings = await sharedStrings(file)
  let cells: SheetCell[] = []
  let column = -1
  let kind: string | undefined
  await parse(file, SHEET, {
    open: (name, attributes) => {
      if (name === 'row') [cells, column] = [[], -1]
      if (name === 'c') [column, kind] = [attributes['r'] === undefined ? column + 1 : columnOf(attributes['r']), attributes['t']]
    },
    close: (name, text) => {
      if (name === 'v')
        cells[column] = kind === 's' ? strings[Number(text)] : kind === undefined || kind === 'n' ? Number(text) : text
      if (name === 't') cells[column] = `${cells[column] ?? ''}${text}`
      if (name === 'row') onRow(cells)
    },
  })
}

/** The strings that cells refer to by number; the runs of a rich one are joined, phonetic hints left out. */
async function sharedStrings(file: string): Promise<readonly string[]> {
  const strings: string[] = []
  let phonetic = false
  if (!zipHolds(file, STRINGS)) return strings
  await parse(file, STRINGS, {
    open: name => {
      if (name === 'si') strings.push('')
      if (name === 'rPh') phonetic = true
    },
    close: (name, text) => {
      if (name === 't' && !phonetic) strings[strings.length - 1] += text
      if (name === 'rPh') phonetic = false
    },
  })
  return strings
}

interface Handlers {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void
  /** `text` stands between the end tag and the tag before it. */
  readonly close: (name: string, text: string) => void
}

async function parse(file: string, entry: string, { open, close }: Handlers): Promise<void> {
  const parser = new SaxesParser()
  const texts: string[] = []
  let damage: Error | undefined
  parser.on('opentag', ({ name, attributes }) => {
    texts.length = 0
    open(name, attributes)
  })
  parser.on('text', text => void texts.push(text))
  parser.on('closetag', ({ name }) => {
    close(name, texts.join(''))
    texts.length = 0
  })
  parser.on('error', error => {
    damage ??= error
  })
  const { input, inflate } = zipEntry(file, entry)
  const sink = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    const decoder = new TextDecoder()
    for await (const chunk of chunks) parser.write(decoder.decode(chunk, { stream: true }))
    parser.close()
    if (damage !== undefined) throw damage
  }
  try {
    await (inflate === undefined ? pipeline(input, sink) : pipeline(input, inflate, sink))
  } catch (cause) {
    if (cause instanceof DataError) throw cause
    throw new DataError({
      code: 'damaged-workbook',
      what: `the workbook's ${entry} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      where: file,
      remedy: 'get it again',
      cause,
    })
  }
}

/** 0 for A1, 27 for AB3. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of reference) {
    const digit = letter.charCodeAt(0) - 64
    if (digit < 1 || digit > 26) break
    column = column * 26 + digit
  }
  return column - 1
}
