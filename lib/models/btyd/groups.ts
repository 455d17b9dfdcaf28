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

/** Errors: `FitError` when a history is impossible (t_x > T, x without t_x), or nobody buys twice. */
export function groupHistories(customers: Table<CoreRow>): Groups {
  const groups = group(customers.column('frequency'), customers.column('recency'), customers.column('T'), WEEK)
  if (!groups.x.some(x => x > 0)) {
    throw new FitError({ code: 'no-repeat', what: 'no customer bought on a second day, so nothing tells how often they come back', remedy: 'observe for longer, or use a model that does not need repeats' })
  }
  return groups
}

/** Groups equal histories, in order of (x, t_x, T). Times are divided by `unit`. */
export function group(frequency: Float64Array, recency: Float64Array, T: Float64Array, unit = 1): Groups {
  const order = Uint32Array.from(frequency.keys()).sort((i, j) => compare(frequency, i, j) || compare(recency, i, j) || compare(T, i, j))
  const x: number[] = []
  const tx: number[] = []
  const ends: number[] = []
  const count: number[] = []
  for (const i of order) {
    const [xi, txi, Ti] = [frequency[i] as number, (recency[i] as number) / unit, (T[i] as number) / unit]
    if (!(xi >= 0 && txi >= 0 && Ti >= txi) || (xi === 0 && txi > 0)) {
      throw new FitError({ code: 'impossible-history', what: `frequency ${xi}, recency ${txi}, T ${Ti} is no possible history`, where: `row ${i + 1}`, remedy: 'frequency counts repeats; recency lies between 0 and T, and is 0 without a repeat' })
    }
    const last = x.length - 1
    if (last >= 0 && x[last] === xi && tx[last] === txi && ends[last] === Ti) count[last] = (count[last] as number) + 1
    else {
      x.push(xi)
      tx.push(txi)
      ends.push(Ti)
      count.push(1)
    }
  }
  return { x: Float64Array.from(x), tx: Float64Array.from(tx), T: Float64Array.from(ends), count: Float64Array.from(count), customers: frequency.length }
}

const compare = (values: Float64Array, i: number, j: number): number => (values[i] as number) - (values[j] as number)
