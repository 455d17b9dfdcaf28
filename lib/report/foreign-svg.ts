import { escapeHtml } from './escape.ts'

const TAGS = new Set('svg g path text tspan rect line circle title desc defs clipPath linearGradient stop'.split(' '))
const ATTRIBUTES = new Set(
  (
    'class d x y x1 y1 x2 y2 cx cy r rx ry dx dy width height viewBox transform fill fill-opacity stroke stroke-width stroke-opacity ' +
    'stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit opacity font-family font-size font-weight ' +
    'font-style shape-rendering text-anchor dominant-baseline offset stop-color stop-opacity gradientUnits clip-path id role aria-label aria-labelledby xmlns version'
  ).split(' '),
)
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>/g
const ATTRIBUTE = /([a-zA-Z][a-zA-Z0-9-]*)\s*=\s*"([^"]*)"/g

/**
 * A drawing out of a report that somebody else may have made, reduced to elements and attributes that only draw. Its identifiers get a
 * prefix, so that two reports' drawings can stand in one page.
 */
export function foreignSvg(svg: string, prefix: string): string {
  let out = ''
  let last = 0
  const open: string[] = []
  for (const match of svg.matchAll(TAG)) {
    out += words(svg.slice(last, match.index))
    last = match.index + match[0].length
    const [, closing, name, attributes, alone] = match as unknown as [string, string, string, string, string]
    if (!TAGS.has(name)) continue
    if (closing === '/') {
      if (open.at(-1) !== name) continue
      open.pop()
      out += `</${name}>`
    } else {
      out += `<${name}${kept(attributes, prefix)}${alone}>`
      if (alone === '') open.push(name)
    }
  }
  return (
    out +
    words(svg.slice(last)) +
    open
      .map(name => `</${name}>`)
      .reverse()
      .join('')
  )
}

function kept(attributes: string, prefix: string): string {
  return [...attributes.matchAll(ATTRIBUTE)]
    .flatMap(([, name, value]) => {
      if (name === undefined || value === undefined || !ATTRIBUTES.has(name)) return []
      if (name === 'id') return [` id="${prefix}${value}"`]
      if (name === 'aria-labelledby') return [` ${name}="${value.replaceAll(/\S+/g, id => prefix + id)}"`]
      if (!/url|script:/i.test(value)) return [` ${name}="${value.replaceAll('<', '&lt;')}"`]
      const own = /^url\(#([\w-]+)\)$/.exec(value)?.[1]
      return own === undefined ? [] : [` ${name}="url(#${prefix}${own})"`]
    })
    .join('')
}

/** What stands between tags, its entities left as they are. */
const words = (text: string): string => text.replaceAll(/[<>]/g, escapeHtml)
