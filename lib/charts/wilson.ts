/**
 * The score interval of a share at 95%: it stays within 0 and 1, and does not vanish where nobody or everybody returned. Source: Wilson (1927),
 * "Probable inference, the law of succession, and statistical inference".
 */
export function wilson(share: number, n: number): readonly [low: number, high: number] {
  const z = 1.959964
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n)
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}
