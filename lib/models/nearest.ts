/** The name that takes the fewest single-letter changes to become (Levenshtein's distance); the first of equals. */
export function nearest(wanted: string, names: readonly string[]): string {
  return names.reduce((best, name) => (distance(wanted, name) < distance(wanted, best) ? name : best), names[0] ?? '')
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
