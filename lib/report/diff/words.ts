import { counted } from '../../errors/index.ts'
import type { Verdict } from './noise.ts'
import type { ComparisonPair, ScorePair } from './compare-runs.ts'
import type { ScoreRecord } from '../../schema/index.ts'

/** Three decimals for shares, one for amounts, none from a thousand on. */
export function digits(value: number, size = Math.abs(value)): string {
  if (size >= 1000) return Math.round(value).toLocaleString('en-US')
  return size >= 10 ? value.toFixed(1) : value.toFixed(3)
}

export const signed = (value: number, size = Math.abs(value)): string =>
  `${value < 0 ? '−' : '+'}${digits(Math.abs(value), size)}`

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
  if (low === undefined || high === undefined) return signed(by)
  const size = Math.max(...[by, low, high].map(Math.abs))
  return `${signed(by, size)} (${signed(low, size)} … ${signed(high, size)})`
}

/** What a pair comes to; a score that only one run has is said to be so. */
export const verdictOf = ({ a, b, difference }: ScorePair): Verdict | 'only in A' | 'only in B' =>
  difference?.verdict ?? (a === undefined ? 'only in B' : b === undefined ? 'only in A' : 'cannot be told')

/** As a reader is told it. */
export function verdictInWords(pair: ScorePair): string {
  const verdict = verdictOf(pair)
  return verdict === 'one seed' ? 'cannot be told: one seed' : verdict
}

const ORDER = [
  ...(['better', 'worse', 'differs', 'within noise', 'one seed', 'cannot be told', 'not comparable'] as const),
  ...(['only in A', 'only in B', 'same'] as const),
]

/** `154 scores: 150 the same, 3 within noise, 1 worse` */
export function tally({ scores }: ComparisonPair): string {
  const parts = ORDER.flatMap(verdict => {
    const those = scores.filter(each => verdictOf(each) === verdict)
    const [first] = those
    return first === undefined ? [] : [`${those.length} ${verdict === 'same' ? 'the same' : verdictInWords(first)}`]
  })
  return `${counted(scores.length, 'score', 'scores')}: ${parts.join(', ') || 'none'}`
}

/** How far the verdicts can be trusted. */
export function caution({ sameCustomers, sameMoney, scores }: ComparisonPair): string {
  if (!sameCustomers) {
    const money = 'Errors in money are not held against each other: currency or horizon is another, or not known.'
    return `The two runs judged other customers or another outcome: a difference speaks of the data as much as of the models, so none is called better or worse.${sameMoney ? '' : ` ${money}`}`
  }
  return scores.some(({ difference }) => difference?.paired)
    ? 'Both runs judged the same customers by the same outcome, and over the same resamples of them: the luck that they share is taken out of a difference.'
    : 'Both runs judged the same customers by the same outcome, so they share the luck of the draw: a difference within noise by this table may still be real.'
}

/** What the intervals of a comparison mean. */
export function noise({ scores }: ComparisonPair): string {
  const paired = scores.filter(({ difference }) => difference?.paired).length
  const joined = scores.filter(({ difference }) => difference?.low !== undefined && !difference.paired).length
  const kinds = [
    ...(paired > 0 ? ['the 95% interval of the difference over the same resampled customers'] : []),
    ...(joined > 0
      ? [
          `the 95% intervals of both runs over resampled customers, joined as if independent${paired > 0 ? ' where resamples cannot be paired' : ''}`,
        ]
      : []),
  ]
  if (kinds.length === 0) return ''
  const seeds = scores.some(({ a, b }) => (a?.seeds ?? 1) > 1 || (b?.seeds ?? 1) > 1)
    ? ', and the spread over seeds where there were several'
    : ''
  const single = scores.some(each => verdictOf(each) === 'one seed')
    ? ' Of a model that depends on chance and was run with one seed, nothing beyond the luck of customers can be told.'
    : ''
  return `Noise: ${kinds.join('; ')}${seeds}. What is called better, worse or other reaches beyond it; of a hundred differences that are mere luck, up to five would.${single}`
}
