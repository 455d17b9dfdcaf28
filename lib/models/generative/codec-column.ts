import { normalCdf, normalQuantile } from '../../numeric/index.ts'
import { fitCurve, placesOf, valueAt, type QuantileCurve } from './quantile-curve.ts'

/** How one column becomes normal scores that a network can make, and values again: the fitted layout is data. */
export interface CodecColumn {
  readonly name: string
  /** Whole numbers stay whole. */
  readonly whole: boolean
  readonly curve: QuantileCurve
}

/** Normal scores reach no further: what lies beyond all that was seen is put there. */
const FARTHEST = 3.2

/** Over the values that are numbers; undefined when none is. */
export function fitColumn(name: string, values: Float64Array): CodecColumn | undefined {
  const there = values.filter(Number.isFinite)
  return there.length === 0 ? undefined : { name, whole: there.every(Number.isInteger), curve: fitCurve(there) }
}

/** Whether a network has anything to learn of a column. */
export const varies = ({ curve }: CodecColumn): boolean => curve.values[0] !== curve.values.at(-1)

/**
 * The normal score of a value's place among all that were seen (the quantile transform). Values of a heap, and whole numbers, own a stretch of places;
 * `spread` says where in it, and where a missing value goes: 0.5, or random, which makes the scores of a column standard normal.
 */
export function scoreOf({ whole, curve }: CodecColumn, value: number, spread: () => number): number {
  const [from, to] = Number.isNaN(value)
    ? [0, 1]
    : whole
      ? [placesOf(curve, value - 0.5)[0], placesOf(curve, value + 0.5)[1]]
      : placesOf(curve, value)
  return Math.max(-FARTHEST, Math.min(FARTHEST, normalQuantile(from + (to - from) * spread())))
}

/** The value that lies there: none outside of what was seen. */
export function valueOf({ whole, curve }: CodecColumn, score: number): number {
  const value = valueAt(curve, normalCdf(score))
  return whole ? Math.round(value) : value
}
