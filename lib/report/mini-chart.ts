import { escapeHtml } from './escape.ts'
import type { FoundComparison } from './record/run-record.ts'
import type { ScoreRecord } from '../schema/index.ts'

/** Models shown: enough to see what the best is worth, few enough to read at a glance. */
const SHOWN = 5
const [WIDTH, ROW, VALUES, TOP] = [340, 36, 46, 22] as const

/**
 * A comparison at a glance, by its first measure: the best models and the best naive baseline, as dots with their 95% intervals, each beneath its
 * whole name, over an axis that says where it begins and ends. Empty where there is nothing to draw.
 */
export function miniChart({ scores }: Pick<FoundComparison, 'scores'>): string {
  const shown = chosen(scores)
  const [first] = shown
  if (first === undefined) return ''
  const ends = shown.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]) as readonly number[]
  const [least, most] = [Math.min(...ends), Math.max(...ends)]
  const at = (value: number): string => (5 + ((value - least) / (most - least || 1)) * (WIDTH - VALUES - 16)).toFixed(1)
  const rows = shown.map(({ title, family, value, low, high }, i) => {
    const y = TOP + ROW * i
    const fill = family === 'baseline' ? 'var(--soft)' : 'var(--accent)'
    const line =
      low === null || high === null ? '' : `<path d="M${at(low)} ${y + 24}H${at(high)}" stroke="${fill}" stroke-width="1.5"/>`
    const name = title.length > 50 ? `${title.slice(0, 49).trimEnd()}…` : title
    return `<text x="0" y="${y + 13}">${escapeHtml(name)}</text>${line}<circle class="role-mark" cx="${at(value as number)}" cy="${y + 24}" r="4" fill="${fill}"/><text x="${WIDTH}" y="${y + 28}" text-anchor="end">${(value as number).toFixed(3)}</text>`
  })
  const foot = TOP + ROW * shown.length
  const axis =
    most > least
      ? `<path d="M${at(least)} ${foot}H${at(most)}" stroke="var(--line)"/><text x="${at(least)}" y="${foot + 14}" fill="var(--soft)" font-size="11">${least.toFixed(2)}</text><text x="${at(most)}" y="${foot + 14}" text-anchor="end" fill="var(--soft)" font-size="11">${most.toFixed(2)}</text>`
      : ''
  const words = `${first.name} with 95% intervals: ${shown.map(({ title, value }) => `${title} ${(value as number).toFixed(3)}`).join(', ')}`
  return `<svg role="img" aria-labelledby="mini" viewBox="0 0 ${WIDTH} ${foot + 18}" fill="currentColor" font-size="13"><title id="mini">${escapeHtml(words)}</title><text x="0" y="11" fill="var(--soft)" font-size="12">${escapeHtml(`${first.name}, 95% intervals; ${BETTER[first.better]}`)}</text>${rows.join('')}${axis}</svg>`
}

const BETTER = { higher: 'more is better', lower: 'less is better', one: 'nearer to 1 is better' } as const

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
