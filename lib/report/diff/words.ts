import type { Verdict } from './noise.ts'
import type { ComparisonPair, ScorePair } from './compare-runs.ts'
import type { ScoreRecord } from '../../schema/index.ts'

/** Three decimals for shares, one for amounts, none from a thousand on. */
export function digits(value: number): string {
  const size = Math.abs(value)
  if (size >= 1000) return Math.round(value).toLocaleString('en-US')
  return size >= 10 ? value.toFixed(1) : value.toFixed(3)
}

export const signed = (value: number): string => `${value < 0 ? '−' : '+'}${digits(Math.abs(value))}`

export function scoreInWords(score: ScoreRecord | undefined): string {
  if (score === undefined) return 'not in this run'
  return score.value === null ? 'no number' : digits(score.value)
}

export function intervalInWords({ low, high }: { readonly low: number | null; readonly high: number | null }): string {
  return low === null || high === null ? '' : `${digits(low)} … ${digits(high)}`
}

export function differenceInWords({ difference }: ScorePair): string {
  if (difference === undefined || Number.isNaN(difference.by)) return ''
  const { by, low, high } = difference
  return low === undefined || high === undefined ? signed(by) : `${signed(by)} (${signed(low)} … ${signed(high)})`
}

/** What a reader is told of a pair; a score that only one run has is said to be so. */
export const verdictOf = ({ a, b, difference }: ScorePair): Verdict | 'only in A' | 'only in B' =>
  difference?.verdict ?? (a === undefined ? 'only in B' : b === undefined ? 'only in A' : 'cannot be told')

/** `154 scores: 150 the same, 3 within noise, 1 worse` */
export function tally({ scores }: ComparisonPair): string {
  const order = ['better', 'worse', 'within noise', 'cannot be told', 'only in A', 'only in B', 'same'] as const
  const counts = order.map(verdict => [verdict, scores.filter(each => verdictOf(each) === verdict).length] as const)
  const parts = counts
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict === 'same' ? 'the same' : verdict}`)
  return `${scores.length} scores: ${parts.join(', ') || 'none'}`
}

/** How far the verdicts can be trusted. */
export const caution = ({ sameCustomers }: ComparisonPair): string =>
  sameCustomers
    ? 'Both runs judged the same customers by the same outcome, so they share the luck of the draw: a difference within noise by this table may still be real.'
    : 'The two runs judged other customers or another outcome: a difference speaks of the data as much as of the models.'

export const NOISE =
  'Noise: the 95% intervals over resampled customers and over seeds of both runs, joined as if independent. Better and worse are differences, B against A, that reach beyond it; of a hundred differences that are mere luck, up to five would.'
