import { DataError } from '../../errors/index.ts'

/** Errors: `DataError` that names a missing column and the nearest one that is there. */
export function requireColumns(file: string, present: readonly string[], wanted: readonly string[]): void {
  const names = present.map(name => name.trim().replace(/^"(.*)"$/, '$1'))
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw new DataError({ code: 'duplicate-column', what: `the header names "${twice}" twice`, where: `${file}, line 1`, remedy: 'rename one of the two' })
  for (const name of wanted) {
    if (names.includes(name)) continue
    const near = nearest(name, names)
    throw new DataError({
      code: 'missing-column', what: `there is no column "${name}"`, where: `${file}, line 1: ${names.join(', ')}`,
      remedy: near === undefined ? 'check that this is the right file' : `perhaps "${near}" is meant`,
    })
  }
}

/** The candidate at the smallest edit distance, if it is at all alike. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined
  let smallest = Math.max(2, name.length / 2)
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance < smallest) {
      smallest = distance
      best = candidate
    }
  }
  return best
}

/** Levenshtein (1966): insertions, deletions and substitutions. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(substitution, (previous[j] as number) + 1, (row[j - 1] as number) + 1))
    }
    previous = row
  }
  return previous[b.length] as number
}
