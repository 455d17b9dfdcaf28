/** A tag that this library wrote: its attributes, if it has any, in double quotes. What stands in scripts and the block of the run is passed over whole. */
const PART = /<script\b[\s\S]*?<\/script>|<!--[\s\S]*?-->|<(\/?[a-zA-Z][\w:-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>/g
const RUN = /<!-- clvlab:run -->[\s\S]*?<!-- \/clvlab:run -->/g
const ATTRIBUTE = /\s+([\w:-]+)(?:="([^"]*)")?/g
/** What HTML reads the same without quotes. */
const NUMBERS = new Set(['d', 'viewBox'])
const PLAIN = /^[\w.,:;#%()+-]+$/
/** Elements whose end HTML knows by what follows. */
const CLOSED_BY: readonly (readonly [end: RegExp, by: string])[] = [
  [/<\/li>\s*(?=<(?:li\b|\/ul>|\/ol>))/g, ''],
  [/<\/t[dh]>\s*(?=<(?:t[dh]\b|\/tr>))/g, ''],
  [/<\/tr>\s*(?=<(?:tr\b|\/tbody>|\/thead>|\/table>))/g, ''],
  [/<\/thead>\s*(?=<tbody\b)/g, ''],
  [/<\/tbody>\s*(?=<\/table>)/g, ''],
  [/<\/d[td]>\s*(?=<(?:d[td]\b|\/dl>))/g, ''],
  [/(<(?:table|thead|tbody|tr|ul|ol|dl)\b[^>]*>)\s+(?=<)/g, '$1'],
]

/**
 * Markup of this library in fewer characters, and the same document: attributes without quotes where HTML needs none, no end of an element that the next
 * one ends, and in text no entity but those of `&` and `<`. The block of the run keeps its form, by which a report is known.
 */
export function tight(html: string): string {
  let out = ''
  let last = 0
  for (const match of html.matchAll(RUN)) {
    out += tightened(html.slice(last, match.index)) + match[0]
    last = match.index + match[0].length
  }
  return out + tightened(html.slice(last))
}

function tightened(html: string): string {
  let out = ''
  let last = 0
  for (const match of html.matchAll(PART)) {
    const [part, name, attributes = '', alone = ''] = match
    out += text(html.slice(last, match.index)) + (name === undefined ? part : tag(name, attributes, alone))
    last = match.index + part.length
  }
  out += text(html.slice(last))
  return CLOSED_BY.reduce((page, [end, by]) => page.replace(end, by), out)
}

function tag(name: string, attributes: string, alone: string): string {
  let out = `<${name}`
  let bare = false
  for (const [, key = '', given] of attributes.matchAll(ATTRIBUTE)) {
    const value = NUMBERS.has(key) ? given?.replaceAll(' ', ',') : given
    bare = value !== undefined && PLAIN.test(value)
    out += ` ${key}${value === undefined ? '' : bare ? `=${value}` : `="${value.replaceAll('&#39;', "'")}"`}`
  }
  // a slash would be part of a value without quotes
  return `${out}${alone === '' ? '' : bare ? ' /' : '/'}>`
}

const ENTITIES: Readonly<Record<string, string>> = { '&gt;': '>', '&#39;': "'", '&quot;': '"' }
const text = (raw: string): string => raw.replaceAll(/&(?:quot|#39|gt);/g, entity => ENTITIES[entity] as string)
