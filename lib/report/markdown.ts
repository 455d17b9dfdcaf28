import { createRequire } from 'node:module'
import type MarkdownIt from 'markdown-it'
import type { Token } from 'markdown-it'
import { escapeHtml } from './escape.ts'
import { withMath } from './math/find-math.ts'
import { renderMath, type OnFault } from './math/render-math.ts'
import { EMBEDDED_PICTURE } from './picture.ts'
import { withTasks } from './task-list.ts'

/** A heading of the report: its place in the contents. */
export interface Heading {
  readonly level: number
  readonly text: string
  /** The same with its code and formulas, without links. */
  readonly html: string
  readonly id: string
}

/** Places that the page itself has: no heading may take their name. */
const OF_THE_PAGE = /^(?:content|theme|fold|live|findings|words|provenance|record|(?:figure|table|spec|cell|word)(?:-.*)?)$/

/** What of a heading is read. */
const HEADED: ReadonlySet<string> = new Set(['text', 'code_inline', 'math'])

/**
 * Markdown to HTML. Raw HTML is shown as text, and links of unsafe schemes stay text, so no payload comes alive. Pictures are shown where they come
 * along as data; of others, what they show is said. Formulas are MathML, tasks are boxes.
 */
export class Markdown {
  readonly headings: Heading[] = []
  private readonly parser: MarkdownIt

  /** @param onFault told of formulas that cannot be read */
  constructor(onFault?: OnFault) {
    const Parser = createRequire(import.meta.url)('markdown-it') as typeof MarkdownIt // with the first report: it is slow to load
    this.parser = new Parser({ html: false, linkify: false, typographer: true })
    this.parser.renderer.rules['image'] = (tokens, at) => pictureHtml(tokens[at]?.attrGet('src') ?? '', tokens[at]?.content ?? '')
    this.parser.renderer.rules['table_open'] = () => '<div class="scroll" role="region" aria-label="Table" tabindex="0"><table>\n'
    this.parser.renderer.rules['table_close'] = () => '</table></div>\n'
    withMath(this.parser, onFault)
    withTasks(this.parser)
    this.parser.core.ruler.push('headings', state => {
      state.tokens.forEach((token, i) => {
        if (token.type !== 'heading_open') return
        const words = (state.tokens[i + 1]?.children ?? []).filter(({ type }) => HEADED.has(type))
        const text = words.map(({ content }) => content).join('')
        const id = this.unused(slug(text))
        token.attrSet('id', id)
        this.headings.push({ level: Number(token.tag.slice(1)), text, html: words.map(wordHtml).join(''), id })
      })
    })
  }

  render(source: string): string {
    return this.parser.render(source)
  }

  private unused(id: string): string {
    const taken = new Set(this.headings.map(heading => heading.id))
    if (OF_THE_PAGE.test(id)) return this.unused(`section-${id}`)
    if (!taken.has(id)) return id
    let number = 2
    while (taken.has(`${id}-${number}`)) number++
    return `${id}-${number}`
  }
}

function wordHtml({ type, content }: Token): string {
  if (type === 'math') return renderMath(content, 'inline')
  return type === 'code_inline' ? `<code>${escapeHtml(content)}</code>` : escapeHtml(content)
}

function pictureHtml(source: string, alt: string): string {
  return EMBEDDED_PICTURE.test(source)
    ? `<img src="${escapeHtml(source)}" alt="${escapeHtml(alt)}">`
    : `<span class="quiet">[picture, not in the notebook: ${escapeHtml(alt || source)}]</span>`
}

function slug(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '') || 'section'
  )
}
