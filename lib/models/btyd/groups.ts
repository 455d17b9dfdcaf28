import { FitError } from '../../errors/index.ts'
import type { CoreRow } from '../../features/index.ts'
import type { Table } from '../../schema/index.ts'

/**
 * The distinct histories (x, t_x, T) and how many customers have each: all that the purchase models need, and far fewer
 * rows than customers. Times are in the model's unit.
 */
export interface Groups {
  readonly x: Float64Array
  readonly tx: Float64Array
  readonly T: Float64Array
  readonly count: Float64Array
  readonly customers: number
}

/** Days in the unit of the literature's parameters: the week. */
export const WEEK = 7

/** Errors: `FitError` when a history is impossible (t_x > T, t_x without x), or nobody buys twice. */
export function groupHistories(customers: Table<CoreRow>): Groups {
  const groups = group(customers.column('frequency'), customers.column('recency'), customers.column('T'), WEEK)
  if (groups.x.some(x => x > 0)) return groups
  throw new FitError({
    code: 'no-repeat',
    what: 'no customer bought on a second day, so nothing tells how often they come back',
    remedy: 'observe for longer, or use a model that does not need repeats',
  })
}

/** Groups equal histories, in order of (x, t_x, T). Times are divided by `unit`. Errors: as above, for impossible histories. */
export function group(frequency: Float64Array, recency: Float64Array, T: Float64Array, unit = 1): Groups {
  const order = inOrder(frequency, recency, T)
  const [x, tx, end, count]: [number[], number[], number[], number[]] = [[], [], [], []]
  let last = -1
  for (const i of order) {
    const [xi, txi, Ti] = [frequency[i] as number, recency[i] as number, T[i] as number]
    if (last >= 0 && frequency[last] === xi && recency[last] === txi && T[last] === Ti) {
      count[count.length - 1] = (count.at(-1) as number) + 1
      continue
    }
    requirePossible(i, xi, txi, Ti)
    x.push(xi)
    tx.push(txi / unit)
    end.push(Ti / unit)
    count.push(1)
    last = i
  }
  const [xs, txs, Ts, counts] = [x, tx, end, count].map(each => Float64Array.from(each)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  return { x: xs, tx: txs, T: Ts, count: counts, customers: frequency.length }
}

/** At most about `most` of the groups, evenly from all: enough to find the neighbourhood of the optimum. */
export function thinned(groups: Groups, most: number): Groups {
  const every = Math.ceil(groups.x.length / most)
  if (every <= 1) return groups
  const kept = (values: Float64Array): Float64Array => values.filter((_, i) => i % every === 0)
  const count = kept(groups.count)
  return {
    x: kept(groups.x),
    tx: kept(groups.tx),
    T: kept(groups.T),
    count,
    customers: count.reduce((sum, each) => sum + each, 0),
  }
}

function requirePossible(row: number, x: number, tx: number, T: number): void {
  if (x >= 0 && tx >= 0 && T >= tx && T < Infinity && x < Infinity && !(x === 0 && tx > 0)) return
  throw new FitError({
    code: 'impossible-history',
    what: `frequency ${x}, recency ${tx}, T ${T} is no possible history`,
    where: `row ${row + 1}`,
    remedy: 'frequency counts repeats; recency lies between 0 and T, and is 0 without a repeat',
  })
}

const LIMIT = 65536

/** Rows in order of (x, t_x, T): by one packed number each where all are whole and small, which days are. */
function inOrder(frequency: Float64Array, recency: Float64Array, T: Float64Array): Iterable<number> {
  const packs = (value: number): boolean => value >= 0 && value < LIMIT && Number.isInteger(value)
  if (
    frequency.length < 16777216 &&
    frequency.every((x, i) => x < 4096 && packs(x) && packs(recency[i] as number) && packs(T[i] as number))
  ) {
    return byPackedKeys(frequency, recency, T)
  }
  const compare = (values: Float64Array, i: number, j: number): number => (values[i] as number) - (values[j] as number)
  return Uint32Array.from(frequency.keys()).sort((i, j) => compare(frequency, i, j) || compare(recency, i, j) || compare(T, i, j))
}

/** One row stands for all with its key: each key's row is repeated as often as the key occurs. */
function byPackedKeys(frequency: Float64Array, recency: Float64Array, T: Float64Array): Uint32Array {
  const keys = frequency.map((x, i) => (x * LIMIT + (recency[i] as number)) * LIMIT + (T[i] as number))
  const first = new Map<number, number>()
  for (let i = 0; i < keys.length; i++) if (!first.has(keys[i] as number)) first.set(keys[i] as number, i)
  return Uint32Array.from(keys.sort(), key => first.get(key) as number)
}
