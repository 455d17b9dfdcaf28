import type { CoreRow } from '../../features/index.ts'
import type { Table } from '../../schema/index.ts'
import { player, recorder, type Parts } from './coder.ts'
import { customerOf } from './customer.ts'
import { CORE, type CoreColumn, type Shared } from './known.ts'
import { columnOf } from './window-columns.ts'

/** Part of the customers that may come back otherwise than they went. */
const STRANGE = 0.01
/** Relative; money adds up to rounding. */
const CLOSE = 1e-6

/** A column beside one with gaps says where they are. */
const gapsIn = (name: string): string => `${name} is missing`

/**
 * What customers share whose core columns can be made from parts; undefined where columns are absent, or hold what no customer can be (a table that gives
 * these names to something else).
 */
export function sharedBy(customers: Table<CoreRow, 'observed'>): Shared | undefined {
  if (customers.length === 0 || !CORE.every(name => customers.has(name))) return undefined
  const columns = coreColumns(customers)
  const shared = { history: columns.history[0] as number, last_period: columns.last_period[0] as number }
  const alike = (name: keyof Shared): boolean => columns[name].every(each => each === shared[name])
  if (!alike('history') || !alike('last_period') || !(shared.history >= 1)) return undefined
  const coder = recorder(customers.length, () => 0.5)
  let strange = 0
  for (; coder.row < customers.length; coder.row++) {
    const back = customerOf(coder, name => columns[name][coder.row] as number, shared)
    if (!CORE.every(name => same(back[name], columns[name][coder.row] as number))) strange++
  }
  return strange > STRANGE * customers.length ? undefined : shared
}

/** How customers are taken apart. */
export interface Taking {
  readonly names: readonly string[]
  /** What they share, where the core columns are made from parts. */
  readonly shared?: Shared
  /** Whether these columns are seen beside their parts, too: for placing customers, not for making them. */
  readonly views: boolean
}

/**
 * Columns as they are learnt: the core's parts that have any choice, or its columns themselves without `shared`; then the others, each with its gaps.
 * Parts say each thing once. Where customers shall be placed, what their columns repeat is what they have in common: then the columns are seen as well.
 */
export function apart(customers: Table<CoreRow, 'observed'>, { names, shared, views }: Taking, spread: () => number): Parts {
  const plain = new Map(names.map(name => [name, columnOf(customers, name)]))
  const parts = new Map<string, Float64Array>()
  if (shared !== undefined) {
    const columns = coreColumns(customers)
    const coder = recorder(customers.length, spread)
    for (; coder.row < customers.length; coder.row++) customerOf(coder, name => columns[name][coder.row] as number, shared)
    for (const [part, values] of coder.parts) if (coder.free.has(part)) parts.set(part, values)
    if (views) for (const name of CORE) parts.set(`${name} as it is`, columns[name])
  }
  for (const [name, values] of plain) {
    if (shared !== undefined && CORE.includes(name as CoreColumn)) continue
    parts.set(name, values)
    parts.set(
      gapsIn(name),
      values.map(each => Number(Number.isNaN(each))),
    )
  }
  return parts
}

/** Columns of the names from what was learnt: the reverse of `apart`. */
export function together(
  parts: Parts,
  { names, shared }: Pick<Taking, 'names' | 'shared'>,
  rows: number,
): ReadonlyMap<string, Float64Array> {
  const columns = new Map(names.map(name => [name, withGaps(parts, name, rows)]))
  if (shared === undefined) return columns
  const coder = player(parts)
  for (; coder.row < rows; coder.row++) {
    const customer = customerOf(coder, () => NaN, shared)
    for (const name of CORE) (columns.get(name) as Float64Array)[coder.row] = customer[name]
  }
  return columns
}

function withGaps(parts: Parts, name: string, rows: number): Float64Array {
  const [values, gaps] = [parts.get(name), parts.get(gapsIn(name))]
  return Float64Array.from({ length: rows }, (_, r) => (gaps?.[r] === 1 ? NaN : (values?.[r] ?? NaN)))
}

const coreColumns = (customers: Table<CoreRow, 'observed'>): Readonly<Record<CoreColumn, Float64Array>> =>
  Object.fromEntries(CORE.map(name => [name, customers.column(name)])) as Record<CoreColumn, Float64Array>

const same = (a: number, b: number): boolean => (Number.isNaN(a) ? Number.isNaN(b) : Math.abs(a - b) <= CLOSE * (1 + Math.abs(b)))
