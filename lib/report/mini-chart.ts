import { escapeHtml } from './escape.ts'
import type { FoundComparison } from './record/run-record.ts'
import type { ScoreRecord } from '../schema/index.ts'

/** Models shown: enough to see what the best is worth, few enough to read at a glance. */
const SHOWN = 5
const [WIDTH, ROW, NAMES, VALUES] = [450, 26, 210, 48] as const

/**
 * A comparison at a glance, by its first measure: the best models and the best naive baseline, as dots with their 95% intervals, named beside
 * them. Empty where there is nothing to draw.
 */
export function miniChart({ scores }: Pick<FoundComparison, 'scores'>): string {
  const shown = chosen(scores)
  const [first] = shown
  if (first === undefined) return ''
  const ends = shown.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]) as readonly number[]
  const [least, most] = [Math.min(...ends), Math.max(...ends)]
  const at = (value: number): string =>
    (NAMES + 8 + ((value - least) / (most - least || 1)) * (WIDTH - NAMES - VALUES - 16)).toFixed(1)
  const rows = shown.map(({ title, family, value, low, high }, i) => {
    const y = ROW * i + ROW / 2 + 14
    const fill = family === 'baseline' ? 'var(--soft)' : 'var(--accent)'
    const line =
      low === null || high === null ? '' : `<path d="M${at(low)} ${y}H${at(high)}" stroke="${fill}" stroke-width="1.5"/>`
    const name = title.length > 30 ? `${title.slice(0, 29).trimEnd()}…` : title
    return `<text x="${NAMES}" y="${y + 4}" text-anchor="end">${escapeHtml(name)}</text>${line}<circle class="role-mark" cx="${at(value as number)}" cy="${y}" r="4" fill="${fill}"/><text x="${WIDTH}" y="${y + 4}" text-anchor="end">${(value as number).toFixed(3)}</text>`
  })
  const words = `${first.name} with 95% intervals: ${shown.map(({ title, value }) => `${title} ${(value as number).toFixed(3)}`).join(', ')}`
  return `<svg role="img" aria-label="${escapeHtml(words)}" viewBox="0 0 ${WIDTH} ${ROW * shown.length + 16}" fill="currentColor" font-size="12"><text x="${NAMES + 8}" y="11" fill="var(--soft)" font-size="11">${escapeHtml(first.name)}, 95% intervals</text>${rows.join('')}</svg>`
}

/** By the first measure, the best first; a naive baseline is always among them, as long as there is one. */
function chosen(scores: readonly ScoreRecord[]): readonly ScoreRecord[] {
  const [head] = scores
  const usable = scores.filter(({ measure, value }) => measure === head?.measure && value !== null)
  const sorted = usable.toSorted((a, b) => badness(a) - badness(b))
  const best = sorted.slice(0, SHOWN)
  const naive = sorted.find(({ family }) => family === 'baseline')
  return naive === undefined || best.includes(naive) ? best : [...best.slice(0, SHOWN - 1), naive]
}

function badness({ better, value }: ScoreRecord): number {
  if (value === null) return Infinity
  return better === 'higher' ? -value : better === 'lower' ? value : Math.abs(value - 1)
}
