import { escapeHtml } from '../escape.ts'
import type { ComparisonPair, ScorePair } from './compare-runs.ts'
import { byVerdict } from './diff-text.ts'
import { caution, differenceInWords, intervalInWords, noise, scoreInWords, verdictInWords, verdictOf } from './words.ts'

/** The scores of two comparisons: what reaches beyond noise in sight, what does not and what cannot be told folded away. */
export function scoresHtml(pair: ComparisonPair): string {
  const sorted = pair.scores.toSorted(byVerdict)
  const split =
    pair.split.a === pair.split.b ? (pair.split.a ?? '') : `A: ${pair.split.a ?? 'none'}. B: ${pair.split.b ?? 'none'}`
  const folded = [
    ['within noise', 'within noise'],
    ['not comparable', 'not held against each other'],
    ['same', 'the same'],
  ] as const
  const open = sorted.filter(each => folded.every(([verdict]) => verdictOf(each) !== verdict))
  const rest = folded.map(([verdict, words]) => {
    const those = sorted.filter(each => verdictOf(each) === verdict)
    const count = `${those.length} ${those.length === 1 ? 'score' : 'scores'} ${words}`
    return those.length === 0 ? '' : `<details class="code"><summary>${count}</summary>${table(those, count)}</details>`
  })
  const meaning = noise(pair)
  return `<section><h2>Scores</h2><p>${escapeHtml(split)}. ${escapeHtml(caution(pair))}</p>
${open.length > 0 ? table(open, 'Scores that differ') : sorted.some(each => verdictOf(each) === 'within noise') ? '<p>No score differs beyond noise.</p>' : ''}
${rest.join('\n')}
${meaning === '' ? '' : `<p class="quiet">${escapeHtml(meaning)} Where a difference is drawn, the upright line is no difference, and each measure has a scale of its own.</p>`}</section>`
}

function table(scores: readonly ScorePair[], name: string): string {
  const titles = [...new Set(scores.map(({ title }) => title))]
  const groups = titles.map(title => {
    const those = scores.filter(each => each.title === title)
    return `<tbody><tr class="group"><th scope="rowgroup" colspan="5">${escapeHtml(title)}</th></tr>${those.map(each => row(each, scores)).join('\n')}</tbody>`
  })
  const heads = ['verdict', 'measure', 'B − A, 95%', 'A', 'B'].map(
    (head, i) => `<th scope="col"${i > 2 ? ' class="number"' : ''}>${head}</th>`,
  )
  return `<div class="scroll" role="region" aria-label="${escapeHtml(name)}" tabindex="0"><table class="diff"><thead><tr>${heads.join('')}</tr></thead>${groups.join('\n')}</table></div>`
}

function row(pair: ScorePair, shown: readonly ScorePair[]): string {
  const verdict = verdictOf(pair)
  const side = (score: ScorePair['a']): string =>
    `<td class="number">${escapeHtml(scoreInWords(score))}${score === undefined ? '' : `<small>${escapeHtml(intervalInWords(score))}</small>`}</td>`
  return `<tr><td class="verdict-${verdict.replaceAll(' ', '-')}">${verdictInWords(pair)}</td><th scope="row">${escapeHtml(pair.name)}</th><td>${drawn(pair, shown)}<small>${escapeHtml(differenceInWords(pair))}</small></td>${side(pair.a)}${side(pair.b)}</tr>`
}

const [WIDTH, HEIGHT] = [120, 14] as const

/** The difference as a dot within its interval, beside the line of no difference; its numbers stand beneath. */
function drawn({ measure, difference }: ScorePair, shown: readonly ScorePair[]): string {
  if (difference?.low === undefined || difference.high === undefined) return ''
  const ends = shown
    .filter(each => each.measure === measure)
    .flatMap(each => [each.difference?.low ?? 0, each.difference?.high ?? 0])
  const widest = Math.max(...ends.map(Math.abs))
  const at = (value: number): string => (WIDTH / 2 + (value / widest) * (WIDTH / 2 - 5)).toFixed(1)
  const { by, low, high, verdict } = difference
  const y = HEIGHT / 2
  return `<svg class="difference verdict-${verdict.replaceAll(' ', '-')}" aria-hidden="true" viewBox="0 0 ${WIDTH} ${HEIGHT}"><path class="zero" d="M${WIDTH / 2} 0V${HEIGHT}"/><path d="M${at(low)} ${y}H${at(high)}"/><circle cx="${at(by)}" cy="${y}" r="3.5"/></svg>`
}
