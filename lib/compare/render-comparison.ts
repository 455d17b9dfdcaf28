import type { MimeBundle } from '../schema/index.ts'
import type { Comparison, Failure } from './comparison.ts'
import { MEASURES, type Measure, type MeasureName } from './measures.ts'
import type { Score } from './score.ts'

/** Two tables, so that a page holds them: how well value was foretold, and whether the customer comes back. */
const PARTS: readonly { readonly title: string; readonly of: Measure['of'] }[] = [
  { title: 'Value within the horizon', of: 'value' },
  { title: 'Buys again within the horizon (yes at 0.5)', of: 'probability' },
]

/** As text and as HTML: the best of each column marked, the interval beneath, what a model does not say left empty. */
export function renderComparison(comparison: Comparison): MimeBundle {
  return { data: { 'text/plain': asText(comparison), 'text/html': asHtml(comparison) } }
}

function asText(comparison: Comparison): string {
  const parts = PARTS.map(({ title, of }) => {
    const { measures, models } = shownOf(comparison, of)
    const rows = models.map(judged => [judged.title, ...measures.map(({ name }) => textCell(name, judged.scores[name]))])
    return models.length === 0 ? '' : `${title}\n${alignedColumns([['model', ...measures.map(({ title }) => title)], ...rows])}`
  })
  return [headline(comparison), ...parts.filter(part => part !== ''), ...comparison.failures.map(failed), note(comparison)].join('\n\n')
}

function asHtml(comparison: Comparison): string {
  const parts = PARTS.map(({ title, of }) => {
    const { measures, models } = shownOf(comparison, of)
    if (models.length === 0) return ''
    const head = ['model', ...measures.map(({ title }) => title)].map((each, i) => `<th scope="col"${i === 0 ? '' : ' style="text-align:right"'}>${escape(each)}</th>`).join('')
    const body = models.map(judged => `<tr><th scope="row">${escape(judged.title)}</th>${measures.map(({ name }) => htmlCell(name, judged.scores[name])).join('')}</tr>`)
    return `<table class="clvlab-comparison"><caption>${escape(title)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`
  })
  const failures = comparison.failures.length === 0 ? '' : `<ul>${comparison.failures.map(each => `<li>${escape(failed(each))}</li>`).join('')}</ul>`
  return `<p>${escape(headline(comparison))}</p>${parts.join('')}${failures}<p>${escape(note(comparison))}</p>`
}

function shownOf(comparison: Comparison, of: Measure['of']) {
  const measures = MEASURES.filter(measure => measure.of === of && measure.name !== 'mse')
  return { measures, models: comparison.models.filter(({ scores }) => measures.some(({ name }) => scores[name] !== undefined)) }
}

function headline({ split }: Comparison): string {
  return `${split.customers.toLocaleString('en-US')} customers observed from ${split.observeFrom}, cutoff ${split.cutoff}, the next ${split.horizon} days`
}

function note({ models }: Comparison): string {
  const scores = models.flatMap(({ scores }) => Object.values(scores))
  return [
    '* best of its column.',
    ...(scores.some(({ interval }) => interval !== undefined) ? ['[ ]: 95% over resampled customers.'] : []),
    ...(scores.some(({ seedSpread }) => seedSpread !== undefined) ? ['±: standard deviation over seeds.'] : []),
    ...(scores.some(({ folds }) => folds !== undefined) ? ['cv: mean ± standard deviation over folds of the training window, whose customers and horizon are others.'] : []),
    '—: what a model does not say is not measured.',
  ].join(' ')
}

const failed = ({ title, reason }: Failure): string => `${title} is not in the table: ${reason}`

function textCell(name: MeasureName, score: Score | undefined): string {
  if (score === undefined) return '—'
  const { value, interval } = wordsOf(name, score)
  return `${score.best ? '*' : ''}${value}${interval === '' ? '' : ` ${interval}`}`
}

function htmlCell(name: MeasureName, score: Score | undefined): string {
  if (score === undefined) return '<td style="text-align:right">—</td>'
  const { value, interval, folds } = wordsOf(name, score)
  const small = [interval, folds].filter(each => each !== '').map(each => `<br><small>${escape(each)}</small>`).join('')
  return `<td style="text-align:right">${score.best ? `<strong>${escape(value)}&nbsp;*</strong>` : escape(value)}${small}</td>`
}

function wordsOf(name: MeasureName, { value, interval, seedSpread, folds }: Score): { readonly value: string; readonly interval: string; readonly folds: string } {
  const show = (each: number): string => number(name, each)
  return {
    value: seedSpread === undefined ? show(value) : `${show(value)}±${show(seedSpread)}`,
    interval: interval === undefined ? '' : `[${show(interval.low)}, ${show(interval.high)}]`,
    folds: folds === undefined ? '' : `cv ${show(folds.mean)}±${show(folds.sd)}`,
  }
}

/** Money whole from 1,000 on, shares to three digits; what is no number is said so. */
function number(name: MeasureName, value: number): string {
  if (!Number.isFinite(value)) return 'undefined'
  if (name === 'mse' || name === 'rmse' || name === 'mae') return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toFixed(1)
  return value.toFixed(3).replace(/^-(0\.0+)$/, '$1')
}

function alignedColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map(row => (row[c] ?? '').length)))
  return rows.map(row => row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c] as number) : cell.padStart(widths[c] as number))).join('  ')).join('\n')
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}
