import { compactPath } from './compact-path.ts'
import type { SvgNode } from './svg-tree.ts'

/** Circles from which on they are drawn as points of a round pen. */
const MANY = 8
/** Filled shapes of their own colours from which on they are taken for cells. */
const TILES = 30

/**
 * The shapes of a group in few elements: strokes that look alike as one path, rectangles and curves as short ones, circles of one size as points of
 * a pen so wide.
 */
export function compactShapes(group: SvgNode): SvgNode {
  const { attributes, children } = group
  const drawn = children.filter(
    child =>
      typeof child === 'string' ||
      (child.attributes.get('opacity') !== '0' && (child.name !== 'text' || child.children.length > 0)),
  )
  if (isDots(group)) return dots(group)
  const parts: (SvgNode | string)[] = []
  for (const child of drawn.map(each => (typeof each === 'string' ? each : asPath(each)))) {
    const last = parts.at(-1)
    if (typeof child !== 'string' && last !== undefined && typeof last !== 'string' && alike(last, child, shines(group)))
      parts[parts.length - 1] = joined(last, child)
    else parts.push(child)
  }
  // cells of a heat map lie edge to edge: softened, their edges would show as a grid
  const tiled =
    parts.length >= TILES && parts.every(part => typeof part !== 'string' && CLOSED.test(part.attributes.get('d') ?? ''))
  return {
    name: group.name,
    attributes: tiled ? new Map([...attributes, ['shape-rendering', 'crispEdges']]) : attributes,
    children: parts,
  }
}

/** A stroke or a path of straight lines in its shortest form. */
function asPath(node: SvgNode): SvgNode {
  if (node.children.length > 0) return node
  const d = node.attributes.get('d')
  if (node.name === 'path' && d !== undefined)
    return {
      ...node,
      attributes: new Map([...node.attributes].map(([name, value]) => [name, name === 'd' ? compactPath(value) : value])),
    }
  if (node.name !== 'line' || node.attributes.has('transform')) return node
  const at = (name: string): string => node.attributes.get(name) ?? '0'
  const rest = [...node.attributes].filter(([name]) => !/^[xy][12]$/.test(name))
  return {
    name: 'path',
    children: [],
    attributes: new Map([['d', compactPath(`M${at('x1')},${at('y1')}L${at('x2')},${at('y2')}`)], ...rest]),
  }
}

/** Paths that say the same of themselves, and look alike as one: open strokes, and filled shapes that nothing shines through. */
function alike(one: SvgNode, other: SvgNode, shining: boolean): boolean {
  if (one.name !== 'path' || other.name !== 'path' || one.attributes.size !== other.attributes.size) return false
  if (![...one.attributes].every(([name, value]) => name === 'd' || other.attributes.get(name) === value)) return false
  const [a, b] = [one, other].map(({ attributes }) => attributes.get('d') ?? '') as [string, string]
  if ([a, b].every(d => OPEN.test(d))) return true
  return !shining && !shines(one) && !one.attributes.has('stroke') && [a, b].every(d => CLOSED.test(d))
}

const OPEN = /^(?:M[^a-zA-Z]*(?:[hvl][^a-zA-Z]*)+)+$/
const CLOSED = /^(?:M[^a-zA-Z]*(?:[hvl][^a-zA-Z]*)+z)+$/
const shines = ({ attributes }: SvgNode): boolean => attributes.has('opacity') || attributes.has('fill-opacity')

function joined(one: SvgNode, other: SvgNode): SvgNode {
  const d = `${one.attributes.get('d')}${other.attributes.get('d')}`
  return { ...one, attributes: new Map([...one.attributes].map(([name, value]) => [name, name === 'd' ? d : value])) }
}

/** Filled circles and nothing else, of which the group or each says its colour. */
function isDots({ attributes, children }: SvgNode): boolean {
  const own = new Set(['cx', 'cy', 'r', 'fill', 'fill-opacity'])
  return (
    children.length >= MANY &&
    !attributes.has('stroke') &&
    children.every(
      child =>
        typeof child !== 'string' &&
        child.name === 'circle' &&
        (attributes.has('fill') || child.attributes.has('fill')) &&
        [...child.attributes.keys()].every(name => own.has(name)),
    )
  )
}

/** Circles that follow each other and are drawn together where they look alike: few enough that of several colours none lies above all others. */
const TOGETHER = 40

function dots({ name, attributes, children }: SvgNode): SvgNode {
  const block = attributes.has('fill') ? children.length : TOGETHER
  const paths: SvgNode[] = []
  for (let from = 0; from < children.length; from += block) {
    const alike = new Map<string, { readonly look: readonly (readonly [string, string])[]; d: string }>()
    for (const child of children.slice(from, from + block)) {
      if (typeof child === 'string') continue
      const [x, y, r] = ['cx', 'cy', 'r'].map(each => Number(child.attributes.get(each) ?? 0)) as [number, number, number]
      const look = [['stroke-width', String(Math.round(r * 8) / 4)] as const, ...penOf(child.attributes)]
      const key = look.join(' ')
      const found = alike.get(key) ?? { look, d: '' }
      found.d += compactPath(`M${x},${y}h0`)
      alike.set(key, found)
    }
    for (const { look, d } of alike.values()) paths.push({ name: 'path', children: [], attributes: new Map([...look, ['d', d]]) })
  }
  const rest = [...attributes].filter(([key]) => !key.startsWith('fill'))
  return {
    name,
    attributes: new Map([...rest, ...penOf(attributes), ['fill', 'none'], ['stroke-linecap', 'round']]),
    children: paths,
  }
}

/** What fills a shape, as the colour of a pen. */
const penOf = (attributes: ReadonlyMap<string, string>): readonly (readonly [string, string])[] =>
  [...attributes].filter(([name]) => name.startsWith('fill')).map(([name, value]) => [name.replace('fill', 'stroke'), value])
