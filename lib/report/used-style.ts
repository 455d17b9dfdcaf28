/** A rule, or a block of rules under one condition. */
const BLOCK = /([^{}]+)\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}/g
/** What stands in brackets asks more of an element than to be there. */
const ASKED = /\[[^\]]*\]|:[\w-]+(?:\((?:[^()]|\([^()]*\))*\))?/g
/** Elements of every page. */
const ALWAYS = ['html', 'body', 'from', 'to']

/** A style without the rules that no element of a page is meant by: those whose classes, places or elements are not in it. */
export function usedStyle(style: string, body: string): string {
  const there = new Set(ALWAYS)
  for (const [, name = ''] of body.matchAll(/<([a-z]\w*)/g)) there.add(name)
  for (const [, names = ''] of body.matchAll(/ class="([^"]*)"/g)) names.split(' ').forEach(name => there.add(`.${name}`))
  for (const [, name = ''] of body.matchAll(/ id="([^"]*)"/g)) there.add(`#${name}`)
  return used(style, there)
}

function used(style: string, there: ReadonlySet<string>): string {
  return [...style.matchAll(BLOCK)]
    .map(([, head = '', content = '']) => {
      const selector = head.trim()
      if (!selector.startsWith('@')) return isThere(selector, there) ? `${selector}{${content}}` : ''
      const nested = /^@(?:media|supports|keyframes)/.test(selector) && content.includes('{')
      const kept = nested ? used(content, there) : content
      return kept === '' ? '' : `${selector}{${kept}}`
    })
    .join('')
}

const isThere = (selector: string, there: ReadonlySet<string>): boolean =>
  selector
    .replace(ASKED, '')
    .split(',')
    .some(each => (each.match(/[.#]?[a-zA-Z][\w-]*/g) ?? []).every(name => there.has(name)))
