import { normalQuantile } from '../../numeric/index.ts'

/**
 * The distribution of a column as its quantile function: the share of customers at or below (`at`, from 0 to 1) and the value there, linear between.
 * Two places with one value are a heap of equal values, two values at one place a gap that nobody lives in.
 */
export interface QuantileCurve {
  readonly at: readonly number[]
  readonly values: readonly number[]
}

/** A value that so many share is a heap of its own. */
const HEAP = 0.005
/** Normal scores between two places at least: close in the tails, where values are rare, and no row by itself in the middle. */
const APART = 0.04

/** The curve of these values, which must be finite; the order does not matter. */
export function fitCurve(values: ArrayLike<number>): QuantileCurve {
  const sorted = Float64Array.from(values).sort()
  const rows = sorted.length
  const [at, own]: [number[], number[]] = [[], []]
  const put = (place: number, value: number): void => void (at.push(place), own.push(value))
  let [score, afterHeap, skipped]: [number, boolean, readonly [number, number] | undefined] = [-Infinity, false, undefined]
  for (let start = 0, end = 0; start < rows; start = end) {
    const value = sorted[start] as number
    while (end < rows && sorted[end] === value) end++
    const heap = end - start > 1 && end - start >= HEAP * rows
    if (heap) {
      if (skipped !== undefined) put(...skipped)
      put(start / rows, value)
      put(end / rows, value)
    } else {
      const place = start === 0 ? 0 : end === rows ? 1 : (start + end) / (2 * rows)
      const here = normalQuantile(place)
      if (start === 0 || end === rows || afterHeap || here - score >= APART) {
        put(place, value)
        score = here
        skipped = undefined
      } else skipped = [place, value]
    }
    if (heap) [score, skipped] = [normalQuantile(end / rows), undefined]
    afterHeap = heap
  }
  return { at, values: own }
}

/** The value at a place from 0 to 1. */
export function valueAt({ at, values }: QuantileCurve, place: number): number {
  const above = firstWhere(at.length, i => (at[i] as number) > place)
  if (above === 0) return values[0] as number
  if (above === at.length) return values.at(-1) as number
  const [a, b] = [at[above - 1] as number, at[above] as number]
  const [from, to] = [values[above - 1] as number, values[above] as number]
  return from + (to - from) * ((place - a) / (b - a))
}

/** The places of a value: the same twice, but for a heap; 0 or 1 beyond all that was seen. */
export function placesOf({ at, values }: QuantileCurve, value: number): readonly [number, number] {
  const first = firstWhere(values.length, i => (values[i] as number) >= value)
  const after = firstWhere(values.length, i => (values[i] as number) > value)
  if (first === values.length) return [1, 1]
  if (after === 0) return [0, 0]
  if (first < after) return [at[first] as number, at[after - 1] as number]
  const [from, to] = [values[first - 1] as number, values[first] as number]
  const [a, b] = [at[first - 1] as number, at[first] as number]
  const place = a + (b - a) * ((value - from) / (to - from))
  return [place, place]
}

/** The first index that fits, where all after it fit too; `count` when none does. */
function firstWhere(count: number, fits: (index: number) => boolean): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (fits(middle)) high = middle
    else low = middle + 1
  }
  return low
}
