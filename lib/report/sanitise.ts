import { foreignSvg } from './foreign-svg.ts'
import { escapeHtml } from './escape.ts'
import { EMBEDDED_PICTURE } from './picture.ts'

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
const ATTRIBUTE = /([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))/g
/** Drawings and pictures, which are kept by other rules. */
const DRAWN = /<svg\b[\s\S]*?<\/svg\s*>|<img\b(?:[^>"']|"[^"]*"|'[^']*')*>/gi
const PLACE = /\uE000(\d+)\uE001/g

/**
 * HTML of an output, reduced to an allow-list of elements and attributes that carry text and tables. Everything else is
 * dropped or shown as text; unclosed elements are closed, so that nothing leaks out of its output.
 */
export function sanitise(html: string, prefix = 'o-'): string {
  const drawn: string[] = []
  const marked = html
    .replaceAll(/[\uE000\uE001]/g, '')
    .replace(DRAWN, part => `\uE000${drawn.push(drawnHtml(part, `${prefix}${drawn.length}-`)) - 1}\uE001`)
  return reduced(marked).replace(PLACE, (_, at: string) => drawn[Number(at)] ?? '')
}

/** A drawing reduced to what draws; a picture that comes along as data; of another picture, what it shows. */
function drawnHtml(part: string, prefix: string): string {
  if (/^<svg/i.test(part)) return `<span class="drawing">${foreignSvg(part, prefix)}</span>`
  const said = new Map(given(part))
  const [source, alt] = [said.get('src') ?? '', said.get('alt') ?? '']
  return EMBEDDED_PICTURE.test(source)
    ? `<img src="${escapeHtml(source)}" alt="${escapeHtml(alt)}">`
    : `<span class="quiet">[picture, not in the notebook: ${escapeHtml(alt || source.slice(0, 80))}]</span>`
}

function reduced(html: string): string {
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
  return given(source)
    .filter(([name]) => ATTRIBUTES.has(name))
    .map(([name, value]) => [name, name === 'class' ? ownClasses(value) : value] as const)
    .filter(([name, value]) => name !== 'class' || value !== '')
    .map(([name, value]) => ` ${name}="${escapeHtml(value)}"`)
    .join('')
}

function given(source: string): readonly (readonly [name: string, value: string])[] {
  return [...source.matchAll(ATTRIBUTE)].map(([, name, double, single, bare]) => [
    (name as string).toLowerCase(),
    // no drawing has its place within an attribute
    decoded(double ?? single ?? bare ?? '').replaceAll(/[\uE000\uE001]/g, ''),
  ])
}

/** Of the classes, those of this library's tables: an output must not look like the page's own findings. */
function ownClasses(value: string): string {
  return value
    .split(/\s+/)
    .filter(name => /^(?:clv-[\w-]+|number)$/.test(name))
    .join(' ')
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
