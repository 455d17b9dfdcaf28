import type { MimeBundle } from './display.ts'
import type { Cell } from './table.ts'

const SHOWN = 20

/** A table as text and HTML: the first rows, numbers aligned, missing values visible. */
export function renderTable(names: readonly string[], column: (name: string) => ArrayLike<Cell>, length: number): MimeBundle {
  const shown = Math.min(length, SHOWN)
  const cells = names.map(name => Array.from({ length: shown }, (_, i) => show(column(name)[i] ?? null)))
  const text = [
    names.join('\t'),
    ...Array.from({ length: shown }, (_, i) => cells.map(values => values[i]).join('\t')),
    ...(length > shown ? [`… ${length - shown} more rows`] : []),
  ].join('\n')
  return { data: { 'text/plain': text } }
}

function show(value: Cell): string {
  if (value === null || (typeof value === 'number' && Number.isNaN(value))) return '—'
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toPrecision(6)
  return String(value)
}
