/** An element of a drawing; text stands among its children as it is written. */
export interface SvgNode {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly (SvgNode | string)[]
}

const TAG = /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g

/** Reads a drawing that a program wrote: one root, every element closed, every attribute in double quotes. */
export function parseSvg(svg: string): SvgNode {
  interface Open extends SvgNode {
    readonly children: (SvgNode | string)[]
  }
  const root: Open = { name: '', attributes: new Map(), children: [] }
  const open = [root]
  let last = 0
  for (const match of svg.matchAll(TAG)) {
    const [tag, closing, name = '', attributes = '', alone] = match
    const parent = open.at(-1) as Open
    const text = svg.slice(last, match.index)
    if (text !== '') parent.children.push(text)
    last = match.index + tag.length
    if (closing === '/') {
      open.pop()
      continue
    }
    const pairs = [...attributes.matchAll(ATTRIBUTE)].map(([, key, value]) => [key as string, value as string] as const)
    const node: Open = { name, attributes: new Map(pairs), children: [] }
    parent.children.push(node)
    if (alone !== '/') open.push(node)
  }
  return root.children.find(child => typeof child !== 'string') as SvgNode
}

export function writeSvg({ name, attributes, children }: SvgNode): string {
  const start = `<${name}${[...attributes].map(([key, value]) => ` ${key}="${value}"`).join('')}`
  return children.length === 0
    ? `${start}/>`
    : `${start}>${children.map(child => (typeof child === 'string' ? child : writeSvg(child))).join('')}</${name}>`
}
