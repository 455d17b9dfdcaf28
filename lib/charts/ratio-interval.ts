/**
 * Two sums over the same customers, one as a share of the other, and its 95% interval over the choice of customers: to first order the ratio errs as the mean of
 * `above - ratio × below`. Source: Cochran (1977), "Sampling techniques", chapter 6. NaN at both ends for fewer than two customers.
 */
export function ratioInterval(
  above: ArrayLike<number>,
  below: ArrayLike<number>,
): { readonly ratio: number; readonly interval: readonly [low: number, high: number] } {
  const [n, whole] = [below.length, total(below)]
  const ratio = total(above) / whole
  let squares = 0
  for (let i = 0; i < n; i++) {
    const off = (above[i] as number) - ratio * (below[i] as number)
    squares += off * off
  }
  const half = (1.96 * Math.sqrt((squares * n) / (n - 1))) / whole
  return { ratio, interval: [Math.max(0, ratio - half), ratio + half] }
}

function total(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] as number
  return sum
}
