/** Resamples of customers that a record keeps of each score. */
export const SKETCHED = 24
/** How far one letter is from the next, in widths of the 95% interval. */
export const LETTER = 2 / 63
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * A score over the first resamples of customers, a letter each, so that two runs on the same customers can be paired: their difference,
 * resample by resample, has only the luck that they do not share. A letter is one of 64 places from half an interval below the 95% interval to
 * half an interval above it, which is about a thirtieth of a standard deviation off. Undefined where there are too few resamples, or
 * one of them has no number.
 */
export function sketchOf(
  drawn: ArrayLike<number>,
  { low, high }: { readonly low: number; readonly high: number },
): string | undefined {
  if (drawn.length < SKETCHED || !(high > low)) return undefined
  const first = Array.from({ length: SKETCHED }, (_, b) => drawn[b] as number)
  if (!first.every(Number.isFinite)) return undefined
  return first
    .map(value => LETTERS[Math.min(63, Math.max(0, Math.round(((value - low) / (high - low) + 0.5) / LETTER)))])
    .join('')
}

/** The scores that a sketch tells of, resample by resample; undefined for what is no sketch. */
export function sketched(
  sketch: string,
  { low, high }: { readonly low: number; readonly high: number },
): readonly number[] | undefined {
  const places = Array.from(sketch, letter => LETTERS.indexOf(letter))
  if (places.length !== SKETCHED || places.includes(-1)) return undefined
  return places.map(place => low + (place * LETTER - 0.5) * (high - low))
}
