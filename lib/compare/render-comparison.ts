import { createHash } from 'node:crypto'
import { describeUse, joinUses, toldUse, type DeviceUse } from '../engine/index.ts'
import { drawnIn } from '../metrics/index.ts'
import { COMPARISON_MIME, type ComparisonRecord, type MimeBundle } from '../schema/index.ts'
import type { Comparison, Judged } from './comparison.ts'
import { MEASURES, type Measure, type MeasureName } from './measures.ts'
import type { Score } from './score.ts'

/** Two tables, so that a page holds them: how well value was foretold, and whether the customer comes back. */
const PARTS: readonly { readonly title: string; readonly of: Measure['of'] }[] = [
  { title: 'Value within the horizon', of: 'value' },
  { title: 'Buys again within the horizon (yes from 0.5 on)', of: 'probability' },
]

/** Colours are mixed from the text's own, so that the table reads alike on light and on dark pages. */
const STYLE = `.clv-comparison{overflow-x:auto;margin:.5em 0}
.clv-comparison table{border-collapse:collapse;font-size:.9em;font-variant-numeric:tabular-nums lining-nums;margin:.8em 0;width:auto}
.clv-comparison caption{text-align:left;font-weight:600;padding:.3em 0}
.clv-comparison th,.clv-comparison td{padding:.3em .8em;text-align:right;white-space:nowrap;border:0;background:none;color:inherit;vertical-align:top}
.clv-comparison th[scope=row],.clv-comparison thead th:first-child{text-align:left;font-weight:400}
.clv-comparison thead th{border-bottom:1.5px solid color-mix(in srgb,currentColor 45%,transparent)}
.clv-comparison tbody tr+tr>*{border-top:1px solid color-mix(in srgb,currentColor 12%,transparent)}
.clv-comparison small{display:block;font-size:.8em;opacity:.75}
.clv-comparison p{margin:.4em 0}`.replaceAll('\n', '')

const BEST = '* '
const ALIKE = '≈ '
/** A score that is not defined; a model that says nothing at all has a dash alone. */
const NO_NUMBER = '(—)'

/** As text and as HTML: the best of each column marked, its interval beneath, what a model does not say left empty; and as numbers. */
export function renderComparison(comparison: Comparison): MimeBundle {
  const data = { 'text/plain': asText(comparison), 'text/html': asHtml(comparison), [COMPARISON_MIME]: asRecord(comparison) }
  const use = joinUses(trainedOn(comparison).map(each => each.use))
  // the report's provenance reads it
  return { data, ...(use === undefined ? {} : { metadata: { clvlab: { device: toldUse(use) } } }) }
}

/** Seven digits: more than any reader needs, and the same wherever they were reckoned. */
function asRecord(comparison: Comparison): ComparisonRecord {
  const short = (value: number | undefined): number | null =>
    value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(7))
  return {
    digest: comparison.split.digest,
    split: headline(comparison),
    horizon: comparison.split.horizon,
    ...(comparison.resampling.resamples === 0 ? {} : { draws: drawsOf(comparison) }),
    scores: comparison.models.flatMap(({ model, title, family, runs, scores }) =>
      MEASURES.flatMap(({ name: measure, title: name, better, ...rest }) => {
        const score = scores[measure]
        if (score === undefined) return []
        const { value, interval, seedSpread, sketch } = score
        return [
          {
            model,
            title,
            family,
            measure,
            name,
            better,
            value: short(value),
            low: short(interval?.low),
            high: short(interval?.high),
            sd: short(seedSpread),
            seeds: runs.length,
            ...('unit' in rest ? { unit: rest.unit } : {}),
            ...(sketch === undefined ? {} : { sketch }),
          },
        ]
      }),
    ),
  }
}

/** Of who was drawn first: the same for the same resamples of as many customers. */
function drawsOf({ resampling, split }: Comparison): string {
  return createHash('sha256')
    .update(drawnIn(0, resampling, split.customers))
    .digest('hex')
    .slice(0, 8)
}

function asText(comparison: Comparison): string {
  const parts = shownParts(comparison).map(({ title, measures, models }) => {
    const rows = models.flatMap(judged => {
      const words = measures.map(({ name }) => wordsOf(name, judged.scores[name]))
      const values = [judged.title, ...words.map(({ value, mark }) => `${mark}${value}`)]
      return words.some(({ interval }) => interval !== '') ? [values, ['', ...words.map(({ interval }) => interval)]] : [values]
    })
    return `${title}\n\n${alignedColumns([['model', ...measures.map(measure => measure.title)], ...rows])}`
  })
  return [headline(comparison), ...parts, ...remarks(comparison), note(comparison)].join('\n\n')
}

function asHtml(comparison: Comparison): string {
  const parts = shownParts(comparison).map(({ title, measures, models }) => {
    const head = ['model', ...measures.map(measure => measure.title)]
      .map(each => `<th scope="col">${escapeHtml(each)}</th>`)
      .join('')
    const body = models.map(
      ({ title, scores }) =>
        `<tr><th scope="row">${escapeHtml(title)}</th>${measures.map(({ name }) => htmlCell(name, scores[name])).join('')}</tr>`,
    )
    return `<table><caption>${escapeHtml(title)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>`
  })
  const failures = remarks(comparison).map(each => `<p>${escapeHtml(each)}</p>`)
  const lines = [
    `<p>${escapeHtml(headline(comparison))}</p>`,
    ...parts,
    ...failures,
    `<p><small>${escapeHtml(note(comparison))}</small></p>`,
  ]
  return `<div class="clv-comparison"><style>${STYLE}</style>${lines.join('\n')}</div>`
}

interface ShownPart {
  readonly title: string
  readonly measures: readonly (Measure & { readonly name: MeasureName })[]
  readonly models: readonly Judged[]
}

function shownParts(comparison: Comparison): readonly ShownPart[] {
  return PARTS.map(({ title, of }) => {
    const measures = MEASURES.filter(measure => measure.of === of)
    return {
      title,
      measures,
      models: comparison.models.filter(({ scores }) => measures.some(({ name }) => scores[name] !== undefined)),
    }
  }).filter(({ models }) => models.length > 0)
}

function headline({ split }: Comparison): string {
  const customers = split.customers.toLocaleString('en-US')
  return `${customers} customers observed from ${split.observeFrom}, cutoff ${split.cutoff}, the next ${split.horizon} days`
}

function note({ models }: Comparison): string {
  const scores = models.flatMap(({ scores }) => Object.values(scores))
  const has = (key: 'interval' | 'seedSpread' | 'folds'): boolean => scores.some(score => score[key] !== undefined)
  return [
    '* best of its column.',
    ...(scores.some(({ toBest }) => toBest !== undefined)
      ? ['≈ not told apart from it (95% of the paired differences hold 0).']
      : []),
    ...(has('interval') ? ['Beneath: 95% over resampled customers.'] : []),
    ...(has('seedSpread') ? ['±: standard deviation over seeds.'] : []),
    ...(has('folds')
      ? ['cv: mean ± standard deviation over folds of the training window, whose customers and horizon are others.']
      : []),
    '—: not said by the model, so not measured.',
    ...(scores.some(({ value }) => !Number.isFinite(value))
      ? [`${NO_NUMBER}: there is no number, as for the rank correlation of a model that foretells the same for everybody.`]
      : []),
  ].join(' ')
}

/** The devices that were asked for, model by model: the runs of one model as one. */
function trainedOn({ models }: Comparison): readonly { readonly title: string; readonly use: DeviceUse }[] {
  return models.flatMap(({ title, runs }) => {
    const use = joinUses(runs.flatMap(({ fitted }) => fitted?.device ?? []))
    return use === undefined ? [] : [{ title, use }]
  })
}

/** A sentence for each model that is not in the table, has no cross-validation, or was trained on a device that was asked for. */
function remarks(comparison: Comparison): readonly string[] {
  const { failures, models } = comparison
  return [
    ...trainedOn(comparison).map(({ title, use }) => `${title} was trained on ${describeUse(use)}`),
    ...withoutSpend(comparison),
    ...failures.map(({ title, reason }) => `${title} is not in the table: ${reason}`),
    ...models.flatMap(({ title, foldFailure }) =>
      foldFailure === undefined ? [] : [`${title} has no cross-validation: ${foldFailure}`],
    ),
  ]
}

/** Deciles that the decile MAPE cannot judge, in one sentence for all models. */
function withoutSpend({ models }: Comparison): readonly string[] {
  const left = models.flatMap(({ title, scores: { decile_mape: score } }) =>
    score?.leftOut === undefined ? [] : [`${score.leftOut} of ${title}`],
  )
  return left.length === 0 ? [] : [`Decile MAPE leaves out deciles in which nobody spent anything: ${left.join(', ')}`]
}

function htmlCell(name: MeasureName, score: Score | undefined): string {
  const { value, mark, interval, folds } = wordsOf(name, score)
  const small = [interval, folds]
    .filter(each => each !== '')
    .map(each => `<small>${escapeHtml(each)}</small>`)
    .join('')
  const shown = escapeHtml(`${mark}${value}`)
  return `<td>${mark === BEST ? `<strong>${shown}</strong>` : shown}${small}</td>`
}

interface Words {
  readonly value: string
  /** Whether it is the best of its column, or cannot be told apart from it. */
  readonly mark: string
  readonly interval: string
  readonly folds: string
}

function wordsOf(name: MeasureName, score: Score | undefined): Words {
  if (score === undefined) return { value: '—', mark: '', interval: '', folds: '' }
  const { value, best, toBest, interval, seedSpread, folds } = score
  const spread = seedSpread === undefined ? '' : `±${inWords(name, seedSpread)}`
  // MSE is the square of RMSE, beside which the same interval stands.
  const beneath = name !== 'mse'
  const alike = toBest !== undefined && toBest.low <= 0 && toBest.high >= 0
  return {
    mark: best ? BEST : alike ? ALIKE : '',
    value: `${inWords(name, value)}${spread}`,
    interval: interval === undefined || !beneath ? '' : `${inWords(name, interval.low)} … ${inWords(name, interval.high)}`,
    folds: folds === undefined || !beneath ? '' : `cv ${inWords(name, folds.mean)} ± ${inWords(name, folds.sd)}`,
  }
}

/** Money whole from 1,000 on, shares to three digits. */
function inWords(name: MeasureName, value: number): string {
  if (!Number.isFinite(value)) return NO_NUMBER
  if (name !== 'mse' && name !== 'rmse' && name !== 'mae')
    return value
      .toFixed(3)
      .replace(/^-(0\.0+)$/, '$1')
      .replace('-', '−')
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toFixed(1)
}

function alignedColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map(row => (row[c] ?? '').length)))
  const pad = (cell: string, c: number): string =>
    c === 0 ? cell.padEnd(widths[c] as number) : cell.padStart(widths[c] as number)
  return rows.map(row => row.map(pad).join('  ').trimEnd()).join('\n')
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}
