import { inspect } from 'node:util'
import type { MimeBundle } from '../../schema/display/index.ts'

/** Rows and columns of something table-like. */
export interface Rows {
  readonly names: readonly string[]
  readonly length: number
  readonly cell: (name: string, row: number) => unknown
}

interface ArqueroLike {
  readonly columnNames: () => string[]
  readonly numRows: () => number
  readonly get: (name: string, row: number) => unknown
}

const SHOWN = 20
const WIDEST = 40

/** Recognises an Arquero table, and an array of plain objects. */
export function asRows(value: unknown): Rows | undefined {
  if (isArquero(value)) return { names: value.columnNames(), length: value.numRows(), cell: (name, row) => value.get(name, row) }
  if (!Array.isArray(value) || value.length === 0 || !value.every(isPlainObject)) return undefined
  const rows = value as Record<string, unknown>[]
  const names = [...new Set(rows.slice(0, 100).flatMap(row => Object.keys(row)))]
  if (names.length === 0) return undefined
  return { names, length: rows.length, cell: (name, row) => rows[row]?.[name] }
}

/** The first rows as an HTML table and as text; the last line says how many there are. */
export function rowsBundle({ names, length, cell }: Rows): MimeBundle {
  const shown = Math.min(length, SHOWN)
  const lines = Array.from({ length: shown }, (_, row) => names.map(name => cell(name, row)))
  const numeric = names.map((_, i) =>
    lines.every(line => line[i] === null || line[i] === undefined || typeof line[i] === 'number' || typeof line[i] === 'bigint'),
  )
  const cells = lines.map(line => line.map(short))
  const note = `${count(length, 'row')} × ${count(names.length, 'column')}${length > shown ? `, the first ${shown} shown` : ''}`
  return { data: { 'text/html': html(names, cells, numeric, note), 'text/plain': text(names, cells, numeric, note) } }
}

function html(names: readonly string[], cells: readonly string[][], numeric: readonly boolean[], note: string): string {
  const align = (i: number): string => (numeric[i] === true ? ' style="text-align:right"' : ' style="text-align:left"')
  const head = names.map((name, i) => `<th scope="col"${align(i)}>${escape(name)}</th>`).join('')
  const body = cells.map(line => `<tr>${line.map((cell, i) => `<td${align(i)}>${escape(cell)}</td>`).join('')}</tr>`)
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table><p>${note}</p>`
}

function text(names: readonly string[], cells: readonly string[][], numeric: readonly boolean[], note: string): string {
  const widths = names.map((name, i) => Math.max(name.length, ...cells.map(line => (line[i] ?? '').length)))
  const pad = (cell: string, i: number): string =>
    numeric[i] === true ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)
  const lines = [[...names], widths.map(width => '─'.repeat(width)), ...cells]
  return [...lines.map(line => line.map(pad).join('  ').trimEnd()), note].join('\n')
}

function short(value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'number') return String(Number(value.toPrecision(6)))
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '–' : value.toISOString()
  const text = typeof value === 'string' ? value : inspect(value, { depth: 1, breakLength: Infinity })
  return text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text
}

function escape(raw: string): string {
  return raw.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}

function isArquero(value: unknown): value is ArqueroLike {
  if (typeof value !== 'object' || value === null) return false
  const table = value as Partial<ArqueroLike>
  return typeof table.columnNames === 'function' && typeof table.numRows === 'function' && typeof table.get === 'function'
}

function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
