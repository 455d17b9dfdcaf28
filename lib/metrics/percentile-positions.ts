import { UsageError } from '../errors/index.ts'

/**
 * At which shares of the real values the quantiles of the made ones lie: were both alike, the quartiles .25, .5 and .75 would lie at .25, .5 and
 * .75. A quantile within a run of tied values takes the same part of the run on both sides. Missing values (NaN) are left out. Errors:
 * `UsageError` without values.
 */
export function percentilePositions(
  real: ArrayLike<number>,
  made: ArrayLike<number>,
  quantiles: readonly number[] = [0.25, 0.5, 0.75],
): readonly number[] {
  const [a, b] = [present(real), present(made)]
  if (a.length === 0 || b.length === 0) {
    throw new UsageError({
      code: 'no-values',
      what: `there are no ${a.length === 0 ? 'real' : 'made'} values to compare`,
      where: 'percentilePositions',
      remedy: 'give columns with a value at least',
    })
  }
  return quantiles.map(quantile => {
    const value = b[Math.min(b.length - 1, Math.floor(quantile * b.length))] as number
    const [own, other] = [run(b, value), run(a, value)]
    return other.from + ((quantile - own.from) / (own.to - own.from)) * (other.to - other.from)
  })
}

/** The shares of the values below a value, and up to it. */
function run(values: Float64Array, value: number): { readonly from: number; readonly to: number } {
  const below = values.filter(each => each < value).length
  const tied = values.filter(each => each === value).length
  return { from: below / values.length, to: (below + tied) / values.length }
}

function present(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values)
    .filter(each => !Number.isNaN(each))
    .sort()
}
