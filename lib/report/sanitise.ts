import { escapeHtml } from './escape.ts'

const TAGS = new Set(
  'a abbr b br caption code dd details div dl dt em figcaption figure h4 h5 h6 i li ol p pre s small span strong sub summary sup table tbody td tfoot th thead tr u ul'.split(
    ' ',
  ),
)
const VOID = new Set(['br'])
const ATTRIBUTES = new Set(['class', 'colspan', 'rowspan', 'scope', 'title', 'role', 'aria-label', 'aria-hidden'])
/** Parts that only come to light by a style that is not here: further pages of a table. */
const HIDDEN = /<(tbody|p)\b[^>]*\shidden[\s=>][\s\S]*?<\/\1\s*>/gi
/** Elements whose content is no text for a reader. */
const DROPPED = /<(script|style|template|iframe|object|svg|math|noscript|title|textarea|select)\b[\s\S]*?(?:<\/\1\s*>|$)/gi
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|<!--[\s\S]*?(?:-->|$)|<[!?][^>]*>/g
const ATTRIBUTE = /([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/**
 * HTML of an output, reduced to an allow-list of elements and attributes that carry text and tables. Everything else is
 * dropped or shown as text; unclosed elements are closed, so that nothing leaks out of its output.
 */
export function sanitise(html: string): string {
  const source = html.replace(DROPPED, '').replace(HIDDEN, '')
  const open: string[] = []
  let out = ''
  let last = 0
  for (const match of source.matchAll(TAG)) {
    out += text(source.slice(last, match.index))
    last = match.index + match[0].length
    const name = match[2]?.toLowerCase()
    if (name === undefined || !TAGS.has(name)) continue
    if (match[1] === '/') {
      const at = open.lastIndexOf(name)
      if (at < 0) continue
      while (open.length > at) out += `</${open.pop()}>`
    } else {
      out += `<${name}${attributes(match[3] ?? '')}>`
      if (!VOID.has(name)) open.push(name)
    }
  }
  out += text(source.slice(last))
  while (open.length > 0) out += `</${open.pop()}>`
  return out
}

function attributes(source: string): string {
  return [...source.matchAll(ATTRIBUTE)]
    .filter(([, name]) => ATTRIBUTES.has((name as string).toLowerCase()))
    .map(([, name, double, single]) => ` ${(name as string).toLowerCase()}="${escapeHtml(decoded(double ?? single ?? ''))}"`)
    .join('')
}

/** A stray `<` becomes text; entities stay as they are. */
const text = (raw: string): string => raw.replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function decoded(value: string): string {
  return value.replace(
    /&(?:amp|lt|gt|quot|#39|#34|#38|#60|#62);/g,
    entity =>
      ({
        '&amp;': '&',
        '&lt;': '<',
        '&gt;': '>',
        '&quot;': '"',
        '&#39;': "'",
        '&#34;': '"',
        '&#38;': '&',
        '&#60;': '<',
        '&#62;': '>',
      })[entity] as string,
  )
}
