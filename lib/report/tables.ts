import type { DataOutput, Output } from '../notebook/index.ts'
import { escapeHtml } from './escape.ts'

/** Tables of an output, numbered through the report: one as a rule, a comparison has two. */
export interface Tables {
  readonly first: number
  readonly count: number
  /** What its author calls it; of HTML, the caption says it. */
  readonly title: string
}

const CAPTION = /<caption\b[^>]*>([\s\S]*?)<\/caption>/g
/** What this library's tables say at their foot: how many rows, and when they were known. */
const FOOT = /<p>((?:[^<]|<\/?span[^>]*>)*)<\/p>(?=(?:<\/div>)?$)/

/** Tables with a caption, and those of this library, which are numbered; undefined for any other output. */
export function tablesIn({ data, metadata }: DataOutput, first: number): Tables | undefined {
  const html = data['text/html']
  if (typeof html === 'string') {
    const captions = html.match(CAPTION)?.length ?? 0
    return captions > 0 || html.includes('class="clv-table"') ? { first, count: Math.max(1, captions), title: '' } : undefined
  }
  const { title } = (metadata['clvlab'] ?? {}) as { readonly title?: unknown }
  const markdown = data['text/markdown']
  return typeof title === 'string' && title !== '' && typeof markdown === 'string' && /^\|/m.test(markdown)
    ? { first, count: 1, title }
    : undefined
}

/** The tables of each output that has some. */
export class NumberedTables {
  readonly of = new Map<Output, Tables>()
  private last = 0

  meet(output: DataOutput): void {
    const found = tablesIn(output, this.last + 1)
    if (found === undefined) return
    this.of.set(output, found)
    this.last += found.count
  }
}

/** `Table 3`, or `Tables 3 and 4`. */
export const tableNames = ({ first, count }: Tables): string =>
  count === 1
    ? `Table ${first}`
    : `Tables ${Array.from({ length: count - 1 }, (_, i) => first + i).join(', ')} and ${first + count - 1}`

/** HTML that is safe already, under its number: a single table below its caption, several each with its own. */
export function tableHtml(html: string, tables: Tables): string {
  if (tables.count > 1) {
    let number = tables.first
    const numbered = html.replace(
      CAPTION,
      (_, words: string) => `<caption id="table-${number}">${link(number++)} ${words}</caption>`,
    )
    return scrolled(numbered, tableNames(tables))
  }
  let [said, foot] = ['', '']
  const bare = html
    .replace(CAPTION, (_, words: string) => ((said = words), ''))
    .replace(FOOT, (_, words: string) => ((foot = words.replaceAll(/<[^>]*>/g, '')), ''))
  return captioned(scrolled(bare, tableNames(tables)), tables.first, said, foot)
}

/** The same for a table in Markdown, which can be scrolled already, and may have words beneath. */
export function markdownTableHtml(html: string, tables: Tables): string {
  const named = html.replace('aria-label="Table"', `aria-label="${tableNames(tables)}"`)
  return captioned(named, tables.first, escapeHtml(tables.title), '')
}

function captioned(html: string, number: number, title: string, foot: string): string {
  const words = [
    link(number),
    ...(title === '' ? [] : [`<b>${title}${/[.?!]$/.test(title) ? '' : '.'}</b>`]),
    ...(foot === '' ? [] : [`${foot.charAt(0).toUpperCase()}${foot.slice(1)}.`]),
  ]
  return `<div class="tabled" id="table-${number}"><p class="caption">${words.join(' ')}</p>${html}</div>`
}

const link = (number: number): string => `<a href="#table-${number}">Table ${number}.</a>`
const scrolled = (html: string, name: string): string =>
  `<div class="html scroll" role="region" aria-label="${name}" tabindex="0">${html}</div>`
