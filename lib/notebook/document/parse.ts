import { createHash } from 'node:crypto'
import { FormatError } from '../../errors/index.ts'
import type { CodeCell, Metadata, Notebook, NotebookCell, Output } from './notebook.ts'

type Raw = Readonly<Record<string, unknown>>

/**
 * Reads a notebook file's text. Cells of an older minor version get ids made from their place and text, so that the
 * same file always gets the same ids.
 *
 * @param where the file's name, for errors
 * @throws FormatError where the text is no notebook of format 4
 */
export function parseNotebook(text: string, where: string): Notebook {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (cause) {
    throw broken(where, `it is not JSON: ${(cause as Error).message}`)
  }
  if (!isObject(raw)) throw broken(where, 'it is not a JSON object')
  const { nbformat, nbformat_minor: minor, cells, metadata, ...others } = raw
  if (nbformat !== 4)
    throw broken(where, `its format is ${String(nbformat)}, not 4`, 'open and save it in a current Jupyter, which converts it')
  if (!Array.isArray(cells)) throw broken(where, 'it has no list of cells')
  const ids = new Set<string>()
  return {
    cells: cells.map((cell: unknown, i) => readCell(cell, `${where}, cell ${i + 1}`, i, ids)),
    metadata: isObject(metadata) ? metadata : {},
    nbformat: 4,
    nbformat_minor: Math.max(5, typeof minor === 'number' ? minor : 5),
    ...(Object.keys(others).length === 0 ? {} : { others }),
  }
}

function readCell(raw: unknown, where: string, place: number, ids: Set<string>): NotebookCell {
  if (!isObject(raw)) throw broken(where, 'it is not an object')
  const { cell_type: type, metadata, attachments } = raw
  const source = readText(raw['source'], where)
  const common = { id: readId(raw['id'], `${place}:${source}`, ids), metadata: isObject(metadata) ? metadata : {}, source }
  if (type === 'markdown' || type === 'raw')
    return { cell_type: type, ...common, ...(isObject(attachments) ? { attachments } : {}) }
  if (type !== 'code') throw broken(where, `its type is ${String(type)}, not code, markdown or raw`)
  const outputs = Array.isArray(raw['outputs']) ? raw['outputs'] : []
  return {
    cell_type: 'code',
    ...common,
    execution_count: typeof raw['execution_count'] === 'number' ? raw['execution_count'] : null,
    outputs: outputs.map((output: unknown, i) => readOutput(output, `${where}, output ${i + 1}`)),
  } satisfies CodeCell
}

function readOutput(raw: unknown, where: string): Output {
  if (!isObject(raw)) throw broken(where, 'it is not an object')
  const metadata: Metadata = isObject(raw['metadata']) ? raw['metadata'] : {}
  switch (raw['output_type']) {
    case 'stream':
      return { output_type: 'stream', name: raw['name'] === 'stderr' ? 'stderr' : 'stdout', text: readText(raw['text'], where) }
    case 'display_data':
      return { output_type: 'display_data', data: readData(raw['data'], where), metadata }
    case 'execute_result':
      return {
        output_type: 'execute_result',
        data: readData(raw['data'], where),
        metadata,
        execution_count: typeof raw['execution_count'] === 'number' ? raw['execution_count'] : null,
      }
    case 'error':
      return {
        output_type: 'error',
        ename: String(raw['ename']),
        evalue: String(raw['evalue']),
        traceback: Array.isArray(raw['traceback']) ? raw['traceback'].map(String) : [],
      }
    default:
      throw broken(where, `its type is ${String(raw['output_type'])}`)
  }
}

function readData(raw: unknown, where: string): Record<string, unknown> {
  if (!isObject(raw)) throw broken(where, 'its data is not an object')
  return Object.fromEntries(Object.entries(raw).map(([type, value]) => [type, isJsonType(type) ? value : readText(value, where)]))
}

/** Types whose value is JSON, not text, by the notebook format's own rule. */
export function isJsonType(type: string): boolean {
  return /^application\/(.*\+)?json$/.test(type)
}

function readText(raw: unknown, where: string): string {
  if (typeof raw === 'string') return raw
  if (Array.isArray(raw) && raw.every(line => typeof line === 'string')) return raw.join('')
  throw broken(where, 'its text is neither a string nor a list of strings')
}

function readId(raw: unknown, seed: string, ids: Set<string>): string {
  let id = typeof raw === 'string' && /^[a-zA-Z0-9_-]{1,64}$/.test(raw) ? raw : digest(seed)
  while (ids.has(id)) id = digest(`${seed}:${id}`)
  ids.add(id)
  return id
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

function isObject(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function broken(where: string, why: string, remedy?: string): FormatError {
  return new FormatError({
    code: 'notebook-format',
    what: `this is no notebook: ${why}`,
    where,
    ...(remedy === undefined ? {} : { remedy }),
  })
}
