import { counted, ReportError } from '../errors/index.ts'
import { tagsOf, withoutExercises, type CodeCell, type Notebook } from '../notebook/index.ts'
import { contentOf, type Content, type Figure } from './content.ts'
import { escapeHtml, scriptJson, unescapeHtml } from './escape.ts'
import { highlight } from './highlight.ts'
import { ASCII, lettersOf } from './letters.ts'
import { withTooltips } from './live/tooltip-encoding.ts'
import { withLooks } from './looks.ts'
import { madeIn } from './made-in.ts'
import { Margin } from './margin.ts'
import { Markdown, type Heading } from './markdown.ts'
import { outputHtml, type OutputContext } from './outputs.ts'
import { passedIn } from './passed.ts'
import { page } from './page.ts'
import { withAttachments } from './picture.ts'
import { provenanceHtml, type Provenance } from './provenance.ts'
import { recordHtml, recordOf } from './record/run-record.ts'
import { LIVE_SCRIPT, PAGE_SCRIPT, vegaScripts } from './script.ts'

/** Shown once a chart has come alive. */
const LIVE_HINT =
  '<p class="quiet" id="live" hidden>Charts answer the mouse: rest on a mark to read it, hold Ctrl and scroll to zoom, hold Shift and drag to move, double-click to go back.</p>'

/** How charts are drawn: given by the caller, since the report knows no chart library. */
export interface Drawing {
  /** Static SVG of a vega-lite specification, its text in the page's colour. */
  readonly svg: (
    spec: Readonly<Record<string, unknown>>,
    words: { readonly title: string; readonly alt: string },
  ) => Promise<string>
  /** The vega specification for a live chart. */
  readonly compile: (spec: Readonly<Record<string, unknown>>) => unknown
}

export interface HtmlOptions {
  readonly provenance: Provenance
  readonly drawing: Drawing
  /** Charts come alive (tooltips), at the cost of about half a megabyte. */
  readonly interactive?: boolean
  /** Told of each figure that cannot be drawn from its specification, and why. */
  readonly onUndrawn?: (figure: Figure, why: string) => void
  /** Told of each formula that is no TeX, the cell it stands in, and why. */
  readonly onUnread?: (tex: string, cell: string, why: string) => void
}

/** An executed notebook as one HTML file that opens offline. */
export async function exportHtml(
  ran: Notebook,
  { provenance, drawing, interactive = false, onUndrawn, onUnread }: HtmlOptions,
): Promise<string> {
  const notebook = withoutExercises(ran)
  const content = contentOf(notebook)
  let at = ''
  const markdown = new Markdown((tex, why) => onUnread?.(tex, at, why))
  const margin = new Margin()
  const findings = findingsHtml(content, margin, cell => madeIn(notebook, cell))
  const { drawn, alive } = await drawings(content, drawing, onUndrawn)
  let prefixes = 0
  const context: OutputContext = {
    markdown: { render: (source: string) => margin.explained(markdown.render(source)) },
    figure: output => content.figures.get(output),
    tables: output => content.tables.get(output),
    drawing: figure => drawn.get(figure.number) ?? '',
    prefix: () => `o${(prefixes += 1)}-`,
  }
  const cells = notebook.cells.map(cell => {
    at = cell.id
    if (cell.cell_type === 'markdown')
      return withoutTitle(context.markdown.render(withAttachments(cell.source, cell.attachments)), content.title)
    if (cell.cell_type !== 'code') return ''
    const passed = passedIn(cell)
    const code = codeHtml(cell, passed)
    const outputs = passed === undefined || code === '' ? cell.outputs.map(output => outputHtml(output, context)) : []
    return `<section class="cell" id="cell-${escapeHtml(cell.id)}">${code}${outputs.join('\n')}</section>`
  })
  const live = interactive && alive.length > 0
  const specs = live
    ? alive.map(
        ({ number, spec, caption }) =>
          `<script type="application/json" id="spec-${number}">${scriptJson(drawing.compile(withTooltips(spec as Readonly<Record<string, unknown>>, /95%/.test(caption) ? '95% interval' : 'interval')))}</script>`,
      )
    : []
  const words = margin.list()
  const body = `<a class="skip" href="#content">To the content</a>
<div class="shell">
${contentsHtml(markdown.headings, words !== '')}
<main id="content">
<header class="top"><p>clvlab report</p><span><button id="fold" type="button" hidden>Show code</button> <button id="theme" type="button" hidden>Light or dark</button></span></header>
<h1>${markdown.headings.find(({ text }) => text.trim() === content.title)?.html ?? escapeHtml(content.title)}</h1>
${failureHtml(content)}${findings}
${live ? LIVE_HINT : ''}
${cells.join('\n')}
${words}
${provenanceHtml(provenance)}
</main>
</div>
${recordHtml(recordOf(notebook, provenance))}
${specs.join('\n')}`
  const { regular, semibold } = lettersOf(body)
  return page({
    title: content.title,
    body,
    scripts: [PAGE_SCRIPT, ...(live ? [...vegaScripts(), LIVE_SCRIPT] : [])],
    // a live chart writes what its data hold
    letters: live ? { regular: ASCII + body, semibold: ASCII + semibold } : { regular, semibold },
  })
}

/**
 * Each figure as a static drawing, and those that can come alive. One that cannot be drawn from its specification, such as one that asks for what is
 * not in the notebook, is the picture that the notebook carries, or a sentence: it costs no reader the rest.
 */
async function drawings(
  content: Content,
  drawing: Drawing,
  onUndrawn: HtmlOptions['onUndrawn'],
): Promise<{ readonly drawn: ReadonlyMap<number, string>; readonly alive: readonly Figure[] }> {
  const drawn = new Map<number, string>()
  const alive: Figure[] = []
  for (const figure of content.figures.values()) {
    const { number, spec, png, title, alt } = figure
    const picture = png === undefined ? '' : `<img src="data:image/png;base64,${png}" alt="${escapeHtml(alt)}">`
    if (spec === undefined) {
      drawn.set(number, picture)
      continue
    }
    try {
      drawn.set(number, withLooks(await drawing.svg(spec, { title, alt })))
      alive.push(figure)
    } catch (error) {
      if (!(error instanceof ReportError)) throw error
      onUndrawn?.(figure, error.message)
      drawn.set(number, picture || `<p class="quiet">This figure could not be drawn: ${escapeHtml(error.message)}</p>`)
    }
  }
  return { drawn, alive }
}

const FORMULA = /<math alttext="([^"]*)"[\s\S]*?<\/math>/g

/** The notebook's title stands at the top already. */
function withoutTitle(html: string, title: string): string {
  return html.replace(/<h1[^>]*>([\s\S]*?)<\/h1>\s*/, (all, text: string) =>
    unescapeHtml(text.replaceAll(FORMULA, '$1').replaceAll(/<[^>]*>/g, '')).trim() === title ? '' : all,
  )
}

/** Code, folded under what it is: a check that holds and shows nothing else is named by what was checked. */
function codeHtml(cell: CodeCell, passed: string | undefined): string {
  const tags = tagsOf(cell)
  if (cell.source.trim() === '' || tags.includes('hide-input')) return ''
  const lines = cell.source.split('\n')
  const shown = /^(?:await )?([\w.]+)(?:\(|$)/.exec(lines.at(-1) ?? '')?.[1]
  if (passed !== undefined) return folded(`✓ Checked: ${passed}`, cell)
  const name = tags.includes('injected-parameters')
    ? 'Parameters of this run'
    : tags.includes('parameters')
      ? 'Parameters'
      : shown === undefined
        ? 'Code'
        : `Code: ${shown}`
  return folded(`${name}, ${counted(lines.length, 'line', 'lines')}`, cell)
}

const folded = (name: string, { source }: CodeCell): string =>
  `<details class="code"><summary>${escapeHtml(name)}</summary><pre tabindex="0"><code>${highlight(source)}</code></pre></details>`

/** Each finding with a link to its cell, its number with one to the cell that made it. */
function findingsHtml({ findings }: Content, margin: Margin, from: (cell: string) => string): string {
  if (findings.length === 0) return ''
  const items = findings.map(({ text, value, cell }) => {
    const link = (to: string, words: string): string => `<a href="#cell-${escapeHtml(to)}">${words}</a>`
    if (value === undefined) return `<li>${link(cell, escapeHtml(text))}</li>`
    const [number, made] = [`<b>${escapeHtml(value)}</b>`, from(cell)]
    return made === cell
      ? `<li>${link(cell, `${number} ${escapeHtml(text)}`)}</li>`
      : `<li>${link(made, number)} ${link(cell, escapeHtml(text))}</li>`
  })
  return `<section class="findings" aria-labelledby="findings">${margin.notes(findings.map(({ text }) => text).join(' '))}<h2 id="findings">Findings</h2><ul>${items.join('')}</ul></section>`
}

function failureHtml({ failure }: Content): string {
  if (failure === undefined) return ''
  return `<p class="failed" role="alert"><strong>This run failed.</strong> ${escapeHtml(failure.name)}: ${escapeHtml(failure.message.split('\n')[0] ?? '')}${failure.cell === undefined ? '' : ` (<a href="#cell-${escapeHtml(failure.cell)}">the cell</a>)`}. What follows is incomplete.</p>`
}

function contentsHtml(headings: readonly Heading[], words: boolean): string {
  const items = headings
    .filter(({ level }) => level === 2 || level === 3)
    .map(({ level, html, id }) => `<li${level === 3 ? ' class="deep"' : ''}><a href="#${escapeHtml(id)}">${html}</a></li>`)
  return `<nav class="contents" aria-label="Contents"><details open><summary>Contents</summary><ol>${items.join('')}${words ? '<li><a href="#words">Words</a></li>' : ''}<li><a href="#provenance">Provenance</a></li></ol></details></nav>`
}
