import type { DataOutput, Output } from '../notebook/index.ts'
import type { Figure } from './content.ts'
import { escapeHtml } from './escape.ts'
import { findingIn } from './finding.ts'
import { foreignSvg } from './foreign-svg.ts'
import { latexMarkdown } from './math/latex-markdown.ts'
import { untitled } from './note.ts'
import { checkIn } from './passed.ts'
import { pictureIn } from './picture.ts'
import { sanitise } from './sanitise.ts'
import { markdownTableHtml, tableHtml, type Tables } from './tables.ts'

export interface OutputContext {
  readonly markdown: { readonly render: (source: string) => string }
  readonly figure: (output: Output) => Figure | undefined
  readonly tables: (output: Output) => Tables | undefined
  /** The static drawing of a figure. */
  readonly drawing: (figure: Figure) => string
  /** Another one each time, for identifiers within an output's drawing. */
  readonly prefix: () => string
}

/** One output as HTML: the richest form that a page without a network and without foreign scripts can show. */
export function outputHtml(output: Output, context: OutputContext): string {
  if (output.output_type === 'stream') return `<pre class="stream ${output.name}">${escapeHtml(plain(output.text))}</pre>`
  if (output.output_type === 'error') {
    return `<div class="error" role="note"><strong>${escapeHtml(output.ename)}</strong><pre>${escapeHtml(plain(output.traceback.join('\n') || output.evalue))}</pre></div>`
  }
  const { data } = output
  const figure = context.figure(output)
  if (figure !== undefined) return figureHtml(figure, context.drawing(figure))
  const found = findingIn(data)
  if (found !== undefined)
    return `<p class="finding">${found.value === undefined ? '' : `<b>${escapeHtml(found.value)}</b> `}${escapeHtml(found.text)}</p>`
  if (typeof data['image/svg+xml'] === 'string')
    return `<div class="html drawing">${foreignSvg(data['image/svg+xml'], context.prefix())}</div>`
  const picture = pictureIn(data)
  if (picture !== undefined) return `<div class="html"><img src="${picture}" alt="${escapeHtml(altIn(output))}"></div>`
  const tables = context.tables(output)
  if (typeof data['text/html'] === 'string') {
    const html = sanitise(data['text/html'], context.prefix())
    if (tables !== undefined) return tableHtml(html, tables)
    return html.includes('<table')
      ? `<div class="html scroll" role="region" aria-label="Table" tabindex="0">${html}</div>`
      : `<div class="html scroll" tabindex="0">${html}</div>`
  }
  if (typeof data['text/markdown'] === 'string') {
    if (tables === undefined) return context.markdown.render(data['text/markdown'])
    return markdownTableHtml(context.markdown.render(untitled(data['text/markdown'], tables.title)), tables)
  }
  if (typeof data['text/latex'] === 'string') return context.markdown.render(latexMarkdown(data['text/latex']))
  const checked = checkIn(output)
  if (checked !== undefined) return `<p class="quiet">✓ Checked: ${escapeHtml(checked)}</p>`
  return typeof data['text/plain'] === 'string' ? `<pre class="result">${escapeHtml(plain(data['text/plain']))}</pre>` : ''
}

function altIn({ metadata }: DataOutput): string {
  const { alt } = (metadata['clvlab'] ?? {}) as { readonly alt?: unknown }
  return typeof alt === 'string' ? alt : 'a picture that a cell made'
}

function figureHtml({ number, title, caption }: Figure, drawing: string): string {
  return `<figure id="figure-${number}"><div class="chart" data-figure="${number}">${drawing}</div>
<figcaption><a href="#figure-${number}">Figure ${number}.</a> ${title === '' ? '' : `<b>${escapeHtml(title)}${/[.?!]$/.test(title) ? '' : '.'}</b>`}${caption === '' ? '' : ` ${escapeHtml(caption)}`}</figcaption></figure>`
}

// oxlint-disable-next-line no-control-regex -- codes of a terminal begin with the escape character
const CODES = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?)/g

/** Text as a terminal leaves it: without its codes, and of a line that was written over and over, the last. */
export function plain(text: string): string {
  return text.replace(CODES, '').replaceAll(/[^\n]*\r(?!\n)(?=[^\n])/g, '')
}
