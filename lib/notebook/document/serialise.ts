import type { Notebook, NotebookCell, Output } from './notebook.ts'
import { isJsonType } from './parse.ts'

/**
 * A notebook as Jupyter writes it: keys sorted, one space of indent, text as a list of lines, characters beyond ASCII as
 * they are, a line break at the end. Writing what was read gives the same bytes.
 */
export function serialiseNotebook(notebook: Notebook): string {
  const { cells, metadata, nbformat, nbformat_minor, others } = notebook
  return `${JSON.stringify(sorted({ ...others, cells: cells.map(cellToRaw), metadata, nbformat, nbformat_minor }), null, 1)}\n`
}

function cellToRaw(cell: NotebookCell): Record<string, unknown> {
  const { source, ...rest } = cell
  const lines = toLines(source)
  return cell.cell_type === 'code'
    ? { ...rest, outputs: cell.outputs.map(outputToRaw), source: lines }
    : { ...rest, source: lines }
}

function outputToRaw(output: Output): Record<string, unknown> {
  if (output.output_type === 'stream') return { ...output, text: toLines(output.text) }
  if (output.output_type === 'error') return { ...output }
  const data = Object.entries(output.data).map(([type, value]) => [
    type,
    typeof value === 'string' && !isJsonType(type) ? (isText(type) ? toLines(value) : value) : value,
  ])
  return { ...output, data: Object.fromEntries(data) as Record<string, unknown> }
}

/** Jupyter splits text of every type but base64 images into lines. */
function isText(type: string): boolean {
  return !/^(image\/(?!svg)|application\/pdf|audio\/|video\/)/.test(type)
}

function toLines(text: string): string[] {
  return text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? [])
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, part]) => [key, sorted(part)]),
  )
}
