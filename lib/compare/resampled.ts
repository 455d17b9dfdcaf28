/**
 * @file Metrics over resampled customers. A resample says how often each customer was drawn; a customer drawn twice counts as
 * two equal rows. Orders are found once, so that a resample costs one pass and no sort.
 */
import type { Confusion } from '../metrics/index.ts'
import type { Random } from '../numeric/index.ts'

/** A metric as a function of how often each customer was drawn. */
export type Resampled = (drawn: Uint32Array) => number

type Metric = (actual: ArrayLike<number>, predicted: ArrayLike<number>) => number

/** A metric that is a mean over customers, such as a mean squared error. */
export function weightedMean(
  actual: Float64Array,
  predicted: Float64Array,
  metric: Metric,
  then: (mean: number) => number = mean => mean,
): Resampled {
  const losses = Float64Array.from(actual, (each, i) => metric([each], [predicted[i] as number]))
  return drawn => then(weightedSum(losses, drawn) / total(drawn))
}

export function weightedSumRatio(actual: Float64Array, predicted: Float64Array): Resampled {
  return drawn => weightedSum(predicted, drawn) / weightedSum(actual, drawn)
}

export function weightedRSquared(actual: Float64Array, predicted: Float64Array): Resampled {
  const errors = actual.map((each, i) => squared(each - (predicted[i] as number)))
  return drawn => {
    const mean = weightedSum(actual, drawn) / total(drawn)
    const spread = weightedSum(
      actual.map(each => squared(each - mean)),
      drawn,
    )
    return spread === 0 ? NaN : 1 - weightedSum(errors, drawn) / spread
  }
}

/** Whatever follows from the confusion matrix at 0.5. */
export function weightedConfusion(actual: Float64Array, probability: Float64Array, of: (counts: Confusion) => number): Resampled {
  const cell = Uint8Array.from(actual, (each, i) => (each === 1 ? 0 : 1) + ((probability[i] as number) >= 0.5 ? 0 : 2))
  return drawn => {
    const counts = new Float64Array(4)
    for (let i = 0; i < cell.length; i++) counts[cell[i] as number] = (counts[cell[i] as number] as number) + (drawn[i] as number)
    const [truePositive, falsePositive, falseNegative, trueNegative] = counts as unknown as [number, number, number, number]
    return of({ truePositive, falsePositive, falseNegative, trueNegative })
  }
}

export function weightedGini(actual: Float64Array, predicted: Float64Array): Resampled {
  const byPrediction = ties(predicted)
  const byActual = ties(actual)
  return drawn => gainArea(byPrediction, actual, drawn) / gainArea(byActual, actual, drawn)
}

export function weightedSpearman(actual: Float64Array, predicted: Float64Array): Resampled {
  const byPrediction = ties(predicted)
  const byActual = ties(actual)
  return drawn => {
    const [a, b] = [meanRanks(byActual, drawn), meanRanks(byPrediction, drawn)]
    const middle = (total(drawn) + 1) / 2
    let [ab, aa, bb] = [0, 0, 0]
    for (let i = 0; i < drawn.length; i++) {
      const [da, db, w] = [(a[i] as number) - middle, (b[i] as number) - middle, drawn[i] as number]
      ab += w * da * db
      aa += w * da * da
      bb += w * db * db
    }
    return ab / Math.sqrt(aa * bb)
  }
}

export function weightedAuc(actual: Float64Array, score: Float64Array): Resampled {
  const order = ties(score)
  return drawn => {
    let [positives, negatives, area] = [0, 0, 0]
    eachGroup(order, rows => {
      let [yes, no] = [0, 0]
      for (const row of rows) {
        if (actual[row] === 1) yes += drawn[row] as number
        else no += drawn[row] as number
      }
      area += no * (positives + yes / 2)
      positives += yes
      negatives += no
    })
    return positives === 0 || negatives === 0 ? NaN : area / (positives * negatives)
  }
}

/** Ties of the prediction are broken once, for all resamples; a customer may stand in two groups. */
export function weightedDecileMape(actual: Float64Array, predicted: Float64Array, random: Random): Resampled {
  const place = random.permutation(actual.length)
  const order = Uint32Array.from(actual.keys()).sort(
    (i, j) => (predicted[j] as number) - (predicted[i] as number) || (place[i] as number) - (place[j] as number),
  )
  return drawn => {
    const n = total(drawn)
    const groups = Math.min(10, n)
    let [group, seen, p, a, error, kept] = [1, 0, 0, 0, 0, 0]
    for (const row of order) {
      let left = drawn[row] as number
      while (left > 0) {
        const end = Math.floor((group * n) / groups)
        const take = Math.min(left, end - seen)
        p += take * (predicted[row] as number)
        a += take * (actual[row] as number)
        left -= take
        seen += take
        if (seen < end) continue
        if (a > 0) {
          error += Math.abs(p - a) / a
          kept++
        }
        group++
        p = 0
        a = 0
      }
    }
    return error / kept
  }
}

/** Rows from the largest value to the smallest, and where each run of equal values ends. */
interface Ties {
  readonly order: Uint32Array
  readonly ends: Uint32Array
}

function ties(values: Float64Array): Ties {
  const order = Uint32Array.from(values.keys()).sort((i, j) => (values[j] as number) - (values[i] as number) || i - j)
  const ends: number[] = []
  for (let i = 1; i <= order.length; i++) {
    if (i === order.length || values[order[i] as number] !== values[order[i - 1] as number]) ends.push(i)
  }
  return { order, ends: Uint32Array.from(ends) }
}

function eachGroup({ order, ends }: Ties, visit: (rows: Uint32Array) => void): void {
  let from = 0
  for (const to of ends) {
    visit(order.subarray(from, to))
    from = to
  }
}

function gainArea(order: Ties, actual: Float64Array, drawn: Uint32Array): number {
  let [seen, spent, sum] = [0, 0, 0]
  const n = total(drawn)
  eachGroup(order, rows => {
    let [count, tied] = [0, 0]
    for (const row of rows) {
      count += drawn[row] as number
      tied += (drawn[row] as number) * (actual[row] as number)
    }
    sum += tied * (n - seen - (count - 1) / 2)
    seen += count
    spent += tied
  })
  return sum / spent - (n + 1) / 2
}

function meanRanks(order: Ties, drawn: Uint32Array): Float64Array {
  const ranks = new Float64Array(drawn.length)
  const n = total(drawn)
  let seen = 0
  eachGroup(order, rows => {
    let count = 0
    for (const row of rows) count += drawn[row] as number
    for (const row of rows) ranks[row] = n - seen - (count - 1) / 2
    seen += count
  })
  return ranks
}

const squared = (each: number): number => each * each

function weightedSum(values: Float64Array, drawn: Uint32Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (drawn[i] as number) * (values[i] as number)
  return sum
}

function total(drawn: Uint32Array): number {
  let sum = 0
  for (let i = 0; i < drawn.length; i++) sum += drawn[i] as number
  return sum
}
