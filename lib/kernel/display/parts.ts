import { inspect } from 'node:util'
import { isDisplayable, renderTable } from '../../schema/display/index.ts'
import type { MimeBundle } from '../../schema/display/index.ts'

/** As the library's tables are, whichever copy of it a cell has loaded. */
interface TableLike {
  readonly names: readonly string[]
  readonly length: number
}

/** How deep parts of parts are named, and how long a line may be. */
const DEPTH = 2
const LONGEST = 100

/**
 * An object that is made of tables and the like, as a task, an outcome or features are: each part in a line, with its size. Undefined for
 * any other value: what is made of plain values is shown by these.
 */
export function partsBundle(value: unknown): MimeBundle | undefined {
  if (!isWindow(value) && !(isPlain(value) && holdsTables(value, DEPTH))) return undefined
  const parts = partsOf(value, '', DEPTH)
  const columns: Readonly<Record<string, readonly string[]>> = {
    part: parts.map(([name]) => name),
    holds: parts.map(([, text]) => text),
  }
  const { data } = renderTable(Object.keys(columns), name => columns[name] ?? [], parts.length)
  return { data: { ...data, 'text/plain': parts.map(([name, text]) => `${name}: ${text}`).join('\n') } }
}

function partsOf(value: Readonly<Record<string, unknown>>, path: string, depth: number): (readonly [string, string])[] {
  return Object.entries(value).flatMap(([name, part]) =>
    isPlain(part) && depth > 1 && holdsTables(part, depth - 1)
      ? partsOf(part, `${path}${name}.`, depth - 1)
      : [[`${path}${name}`, describe(part)] as const],
  )
}

function holdsTables(value: Readonly<Record<string, unknown>>, depth: number): boolean {
  return Object.values(value).some(part => isDisplayable(part) || (depth > 1 && isPlain(part) && holdsTables(part, depth - 1)))
}

function describe(value: unknown): string {
  if (isTable(value)) {
    const names = value.names.join(', ')
    const { length } = value.names
    return `${value.length.toLocaleString('en')} rows × ${length} ${length === 1 ? 'column' : 'columns'}: ${shortened(names)}`
  }
  if (value instanceof Set) return shortened([...(value as Set<unknown>)].join(', '))
  if (typeof value === 'object' && value !== null && !isPlain(value) && !Array.isArray(value) && !(value instanceof Date))
    return value.constructor.name
  if (typeof value === 'string') return shortened(value)
  return shortened(
    inspect(value, { depth: 1, breakLength: Infinity, compact: true, maxArrayLength: 10 }).replace(/\s*\n\s*/g, ' '),
  )
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`
}

function isTable(value: unknown): value is TableLike {
  return isDisplayable(value) && 'length' in value && 'names' in value && Array.isArray(value.names)
}

/** A window of events, which holds a database and no tables. */
function isWindow(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && ['when', 'window', 'database'].every(name => name in value)
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
