import { CompareError } from '../errors/index.ts'
import { requireAlike } from './require-alike.ts'

export interface NeighbourTest {
  /**
   * How often a row's nearest other row is of its own kind (Lopez-Paz and Oquab 2017): 0.5 where nobody can tell the kinds apart, 1 where everybody
   * can; below 0.5 where one copies the other.
   */
  readonly detection: number
  /** Share of real rows that have a made one at least as near as their `k`-th real neighbour (Naeem et al. 2020): low where kinds are missing. */
  readonly coverage: number
}

/**
 * Judges made rows beside as many real ones by who lies next to whom, in Euclidean distance.
 *
 * @param real (rows, columns), row-major, on scales that make distances mean something
 * Errors: `CompareError` for unequal shapes, values that are not finite, or no more than `k` rows.
 */
export function nearestNeighbours(real: Float64Array, made: Float64Array, columns: number, k = 5): NeighbourTest {
  const rows = requireAlike(real, made) / columns
  if (!Number.isInteger(rows) || rows <= k) {
    throw new CompareError({
      code: 'too-few-rows',
      what: `${rows} rows of ${columns} columns were given for ${k} neighbours`,
      remedy: `give whole rows, more than ${k}`,
    })
  }
  let [own, covered] = [0, 0]
  for (let r = 0; r < rows; r++) {
    const among = distances(real, r, real, columns, r)
    const across = distances(real, r, made, columns)
    if (least(among) < least(across)) own++
    if (least(across) <= (among.sort()[k - 1] as number)) covered++
    if (least(distances(made, r, made, columns, r)) < least(distances(made, r, real, columns))) own++
  }
  return { detection: own / (2 * rows), coverage: covered / rows }
}

const least = (values: Float64Array): number => values.reduce((low, each) => Math.min(low, each), Infinity)

/** Squared distances of a row of `a` from each row of `b`; `itself` is infinitely far. */
function distances(a: Float64Array, row: number, b: Float64Array, columns: number, itself = -1): Float64Array {
  const all = new Float64Array(b.length / columns)
  for (let r = 0; r < all.length; r++) {
    let sum = 0
    for (let c = 0; c < columns; c++) {
      const gap = (a[row * columns + c] as number) - (b[r * columns + c] as number)
      sum += gap * gap
    }
    all[r] = r === itself ? Infinity : sum
  }
  return all
}
