/** a + b - sum exactly, where sum is the rounded a + b. Source: Knuth, "The art of computer programming" 2, 4.2.2, theorem B. */
export function sumError(a: number, b: number, sum: number): number {
  const virtual = sum - a
  return a - (sum - virtual) + (b - virtual)
}

/** a · b - product exactly, where product is the rounded a · b; both below 2^970. Source: Dekker (1971), Numer. Math. 18. */
export function productError(a: number, b: number, product: number): number {
  const aSplit = 134217729 * a
  const aHigh = aSplit - (aSplit - a)
  const aLow = a - aHigh
  const bSplit = 134217729 * b
  const bHigh = bSplit - (bSplit - b)
  const bLow = b - bHigh
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow
}
