/**
 * The name that was perhaps meant: the one that takes the fewest single-letter changes (Levenshtein 1966), if they are no more
 * than half of its letters; the first of equals.
 */
export function nearest(wanted: string, names: readonly string[]): string | undefined {
  let best: string | undefined
  let fewest = Infinity
  for (const name of names) {
    const changes = distance(wanted.toLowerCase(), name.toLowerCase())
    if (changes >= fewest || changes > Math.max(2, name.length / 2)) continue
    fewest = changes
    best = name
  }
  return best
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
