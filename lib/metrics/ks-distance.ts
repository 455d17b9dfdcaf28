import { CompareError } from '../errors/index.ts'

/**
 * How far apart two samples lie: the largest gap between their cumulative shares (Kolmogorov and Smirnov). 0 for equal shares everywhere, 1 for
 * samples that do not overlap. They may differ in length. Errors: `CompareError` for an empty sample, or a value that is not finite.
 */
export function ksDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [one, other] = [sorted(a), sorted(b)]
  let [i, j, most] = [0, 0, 0]
  while (i < one.length && j < other.length) {
    const at = Math.min(one[i] as number, other[j] as number)
    while (i < one.length && one[i] === at) i++
    while (j < other.length && other[j] === at) j++
    most = Math.max(most, Math.abs(i / one.length - j / other.length))
  }
  return most
}

function sorted(values: ArrayLike<number>): Float64Array {
  const own = Float64Array.from(values).sort()
  if (own.length > 0 && own.every(Number.isFinite)) return own
  throw new CompareError({
    code: own.length === 0 ? 'no-values' : 'not-finite',
    what: own.length === 0 ? 'a sample without values was given' : 'a sample holds a value that is not finite',
    remedy: 'leave out what is missing, and give at least one value',
  })
}
