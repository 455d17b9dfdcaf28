/** How charts draw what all of them have, as they say it themselves and as the page's style says it for them. Of two that begin alike the longer stands first. */
const LOOKS: readonly (readonly [name: string, attributes: string])[] = [
  ['c0', ' font-family="Inter" font-size="11px" font-weight="400"'],
  ['c1', ' stroke="currentColor" stroke-opacity="0.12"'],
  ['c2', ' stroke="currentColor" stroke-opacity="0.4"'],
  ['c3', ' fill="currentColor" fill-opacity="0.8" text-anchor="middle"'],
  ['c4', ' fill="currentColor" fill-opacity="0.8" text-anchor="end"'],
  ['c5', ' fill="currentColor" fill-opacity="0.8"'],
  ['c6', ' fill="currentColor" text-anchor="middle"'],
  ['c7', ' fill="currentColor"'],
]
const NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'

/** The rules that stand for what drawings do not say themselves. */
export const LOOKS_STYLE = LOOKS.map(([name, attributes]) => {
  const declarations = [...attributes.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, key, value]) => `${key}:${value}`)
  return `.${name}{${declarations.join(';')}}`
}).join('')

/** A drawing of ours within a page, whose style has the looks that all charts share. */
export function withLooks(svg: string): string {
  return svg.replace(NAMESPACE, '').replaceAll(TAG, tag => {
    const look = tag.includes(' class="') ? undefined : LOOKS.find(([, attributes]) => tag.includes(attributes))
    return look === undefined ? tag : tag.replace(look[1], ` class="${look[0]}"`)
  })
}
const TAG = /<[a-z]\w*(?: [^<>]*)?>/g

/** The drawing as it stands by itself: for another page, whose looks may be others. */
export function withoutLooks(svg: string): string {
  return LOOKS.reduce((drawing, [name, attributes]) => drawing.replaceAll(` class="${name}"`, attributes), svg)
}
