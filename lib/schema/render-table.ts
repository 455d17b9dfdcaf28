import type { MimeBundle } from './display.ts'
import { formatColumn, grouped, type ShownColumn } from './format-column.ts'
import type { Cell, When } from './table.ts'

/** Rows shown; the last line says how many there are. */
const SHOWN = 20
/** Widest line of the text form, characters. */
const WIDTH = 120

/** Colours are mixed from the text's own, so that the table reads alike on light and on dark pages. */
const STYLE = `.clv-table{overflow-x:auto;margin:.5em 0}
.clv-table table{border-collapse:collapse;font-size:.9em;font-variant-numeric:tabular-nums lining-nums;width:auto}
.clv-table th,.clv-table td{padding:.3em .8em;text-align:left;white-space:nowrap;border:0;background:none;color:inherit}
.clv-table thead th{vertical-align:bottom;font-weight:600;border-bottom:1.5px solid color-mix(in srgb,currentColor 45%,transparent)}
.clv-table thead small{display:block;font-weight:400;font-size:.8em;opacity:.7}
.clv-table tbody tr+tr td{border-top:1px solid color-mix(in srgb,currentColor 12%,transparent)}
.clv-table tbody tr:hover td{background:color-mix(in srgb,currentColor 6%,transparent)}
.clv-table .number{text-align:right}
.clv-table p{margin:.4em 0 0;font-size:.8em;opacity:.7}`.replaceAll('\n', '')

const WHEN: Readonly<Record<When, string>> = {
  observed: 'known before the cutoff',
  outcome: 'happened after the cutoff',
  labelled: 'features with their outcome',
  predicted: 'predicted',
}

/** A table as HTML and as text of fixed width: the first rows, numbers aligned, missing values as a dash. */
export function renderTable(
  names: readonly string[],
  column: (name: string) => ArrayLike<Cell>,
  length: number,
  when: When,
): MimeBundle {
  const shown = Math.min(length, SHOWN)
  const columns = names.map(name => ({ name, ...formatColumn(Array.from({ length: shown }, (_, i) => column(name)[i] ?? null)) }))
  const size = `${grouped(length)} ${length === 1 ? 'row' : 'rows'} × ${names.length} ${names.length === 1 ? 'column' : 'columns'}`
  const note = `${size}${length > shown ? `, the first ${shown} shown` : ''}; ${WHEN[when]}`
  return { data: { 'text/html': html(columns, shown, note), 'text/plain': text(columns, shown, note) } }
}

type Named = ShownColumn & { readonly name: string }

function html(columns: readonly Named[], shown: number, note: string): string {
  const kind = ({ type }: Named): string => (type === 'number' ? ' class="number"' : '')
  const heads = columns.map(c => `<th scope="col"${kind(c)}>${escapeHtml(c.name)}<small>${c.type}</small></th>`).join('')
  const row = (i: number): string => columns.map(c => `<td${kind(c)}>${escapeHtml(c.cells[i] as string)}</td>`).join('')
  const body = Array.from({ length: shown }, (_, i) => `<tr>${row(i)}</tr>`).join('\n')
  return (
    `<div class="clv-table"><style>${STYLE}</style><table><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table>` +
    `<p>${note}</p></div>`
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

/** Characters as code points: the nearest to columns of a terminal without tables of widths. */
const widthOf = (cell: string): number => Array.from(cell).length

/** Text as HTML text or as the value of a quoted attribute. */
export function escapeHtml(raw: string): string {
  return raw.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
