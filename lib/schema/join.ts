import type { Cell } from './table.ts'

/** Row positions of an inner join, left order first, then the right's: `left[i]` goes with `right[i]`. */
export interface Matches {
  readonly left: readonly number[]
  readonly right: readonly number[]
}

/** Matches two key columns by hash. A missing key (null, NaN) matches nothing, dates match by their instant. */
export function matchKeys(left: ArrayLike<Cell>, right: ArrayLike<Cell>): Matches {
  const places = new Map<Cell, number[]>()
  for (let i = 0; i < right.length; i++) {
    const key = keyOf(right[i] as Cell)
    if (key === null) continue
    const known = places.get(key)
    if (known === undefined) places.set(key, [i])
    else known.push(i)
  }
  const matches = { left: [] as number[], right: [] as number[] }
  for (let i = 0; i < left.length; i++) {
    const key = keyOf(left[i] as Cell)
    for (const place of (key === null ? undefined : places.get(key)) ?? []) {
      matches.left.push(i)
      matches.right.push(place)
    }
  }
  return matches
}

/** Row positions by distinct key tuple, groups in order of first appearance. Missing values form groups of their own. */
export function groupRows(keys: readonly ArrayLike<Cell>[], length: number): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>()
  for (let i = 0; i < length; i++) {
    const key = JSON.stringify(keys.map(values => tag(values[i] as Cell)))
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [i])
    else known.push(i)
  }
  return [...groups.values()]
}

/** Order of cells of one column: numbers, dates and booleans by size, text by code unit; missing values last. */
export function compareCells(a: Cell, b: Cell): number {
  const [x, y] = [keyOf(a), keyOf(b)]
  if (x === null || y === null) return x === y ? 0 : x === null ? Infinity : -Infinity
  return x < y ? -1 : x > y ? 1 : 0
}

function keyOf(value: Cell): string | number | boolean | null {
  if (value instanceof Date) return keyOf(value.getTime())
  return typeof value === 'number' && Number.isNaN(value) ? null : value
}

const tag = (value: Cell): unknown => (value instanceof Date ? { date: value.getTime() } : Number.isNaN(value) ? null : value)
