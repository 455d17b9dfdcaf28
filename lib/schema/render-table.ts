import type { MimeBundle } from './display.ts'
import { escapeHtml } from './escape-html.ts'
import { formatColumn, grouped, isMissing, type ShownColumn } from './format-column.ts'
import { pager, pageStyle, TABLE_STYLE } from './table-pages.ts'
import type { Cell, When } from './table.ts'

/** Rows of a page; the text form has one page, and its last line says how many rows there are. */
const PAGE = 20
/** Most rows that a page can be turned to, and about how many characters of them: a notebook keeps them all in its file. */
const MOST_ROWS = 200
const MOST_TEXT = 40_000
/** Widest line of the text form, characters. */
const WIDTH = 120

const WHEN: Readonly<Record<When, string>> = {
  observed: 'known before the cutoff',
  outcome: 'happened after the cutoff',
  labelled: 'features with their outcome',
  predicted: 'predicted',
}

/** Words for readers in place of names for programs. */
export interface Look {
  readonly title?: string
  /** Of columns, by their names. */
  readonly words?: Readonly<Record<string, string | undefined>>
}

/**
 * A table as HTML and as text of fixed width: numbers aligned, missing values as a dash and counted. The HTML has pages, turned without a
 * script; where its style is taken away, as in a notebook that is not trusted, the first page is left.
 */
export function renderTable(
  names: readonly string[],
  column: (name: string) => ArrayLike<Cell>,
  length: number,
  when?: When,
  { title, words = {} }: Look = {},
): MimeBundle {
  const kept = Math.min(length, MOST_ROWS)
  const columns = names.map(name => {
    const values = column(name)
    return {
      name: words[name] ?? name,
      worded: words[name] !== undefined,
      missing: missingIn(values, length),
      ...formatColumn(Array.from({ length: kept }, (_, i) => values[i] ?? null)),
    }
  })
  const size = `${grouped(length)} ${length === 1 ? 'row' : 'rows'} × ${names.length} ${names.length === 1 ? 'column' : 'columns'}`
  const first = length > PAGE ? `, the first ${PAGE} shown` : ''
  // of columns that are all in words for readers, programs' concerns are not said
  const end = when === undefined || (names.length > 0 && columns.every(({ worded }) => worded)) ? '' : `; ${WHEN[when]}`
  const shown = Math.min(length, PAGE)
  return {
    data: {
      'text/html': html(columns, pagesOf(columns, kept), length, [size, first, end], title),
      'text/plain': `${title === undefined ? '' : `${title}\n\n`}${text(columns, shown, `${size}${first}${end}`)}`,
    },
  }
}

type Named = ShownColumn & { readonly name: string; readonly worded: boolean; readonly missing: number }

/** First and last row of each page that fits. */
function pagesOf(columns: readonly Named[], kept: number): readonly (readonly [from: number, to: number])[] {
  const pages: [number, number][] = []
  let length = 0
  for (let from = 0; from === 0 || from < kept; from += PAGE) {
    const to = Math.min(from + PAGE, kept)
    for (const { cells } of columns) for (let i = from; i < to; i++) length += (cells[i] as string).length + 9
    if (from > 0 && length > MOST_TEXT) break
    pages.push([from, to])
  }
  return pages
}

function html(
  columns: readonly Named[],
  pages: readonly (readonly [from: number, to: number])[],
  length: number,
  [size, first, end]: readonly [string, string, string],
  title: string | undefined,
): string {
  const kind = ({ type }: Named): string => (type === 'number' ? ' class="number"' : '')
  const about = ({ type, missing }: Named): string =>
    missing > 0 && type !== 'empty' ? `${type}, ${grouped(missing)} missing` : type
  const said = (column: Named): string => (column.worded ? '' : `<small>${about(column)}</small>`)
  const heads = columns.map(c => `<th scope="col"${kind(c)}>${escapeHtml(c.name)}${said(c)}</th>`).join('')
  const row = (i: number): string => columns.map(c => `<td${kind(c)}>${escapeHtml(c.cells[i] as string)}</td>`).join('')
  const body = ([from, to]: readonly [number, number]): string =>
    `<tbody${from > 0 ? ' hidden="hidden"' : ''}>${Array.from({ length: to - from }, (_, i) => `<tr>${row(from + i)}</tr>`).join('\n')}</tbody>`
  const caption = title === undefined ? '' : `<caption>${escapeHtml(title)}</caption>`
  const table = `<table>${caption}<thead><tr>${heads}</tr></thead>${pages.map(body).join('')}</table>`
  if (pages.length < 2) return `<div class="clv-table"><style>${TABLE_STYLE}</style>${table}<p>${size}${first}${end}</p></div>`
  return (
    `<div class="clv-table"><style>${TABLE_STYLE}${pageStyle(pages.length)}</style><form method="dialog">${table}${pager(pages, length)}` +
    `<p>${size}<span class="first">${first}</span>${end}</p></form></div>`
  )
}

function text(columns: readonly Named[], shown: number, note: string): string {
  const padded = columns.map(({ name, type, cells }) => {
    const width = Math.max(...[name, ...cells].map(widthOf))
    const pad = (cell: string): string => {
      const blank = ' '.repeat(width - widthOf(cell))
      return type === 'number' ? blank + cell : cell + blank
    }
    return { width, lines: [pad(name), '─'.repeat(width), ...cells.map(pad)] }
  })
  let used = 0
  let fits = 0
  for (const { width } of padded) {
    used += width + 2
    if (fits > 0 && used > WIDTH) break
    fits++
  }
  const hidden = padded.length - fits
  const visible = padded.slice(0, fits)
  const lines = Array.from({ length: fits === 0 ? 0 : shown + 2 }, (_, i) =>
    visible
      .map(column => column.lines[i])
      .join('  ')
      .trimEnd(),
  )
  return [...lines, ...(hidden > 0 ? [`and ${hidden} more ${hidden === 1 ? 'column' : 'columns'}`] : []), note].join('\n')
}

function missingIn(values: ArrayLike<Cell>, length: number): number {
  let count = 0
  for (let i = 0; i < length; i++) if (isMissing(values[i] ?? null)) count++
  return count
}

/** Characters as code points: the nearest to columns of a terminal without tables of widths. */
const widthOf = (cell: string): number => Array.from(cell).length
