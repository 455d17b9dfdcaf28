import { compactShapes } from './compact-shapes.ts'
import { parseSvg, writeSvg, type SvgNode } from './svg-tree.ts'

/** Said by the drawing as a whole, or to a pointer, or what is so anyway. */
const NEEDLESS = new Set(['aria-label', 'aria-roledescription', 'aria-hidden', 'pointer-events', 'xmlns:xlink', 'version'])
const DEFAULTS: Readonly<Record<string, string>> = {
  opacity: '1',
  'fill-opacity': '1',
  'stroke-opacity': '1',
  'font-weight': 'normal',
  'font-style': 'normal',
  'text-anchor': 'start',
  transform: 'translate(0,0)',
}
/** What an element takes from the group around it. */
const INHERITED = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'text-anchor',
]
const GEOMETRY = new Set(['d', 'transform', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'width', 'height'])

/**
 * A drawing as vega writes it, at about a third of its length and with the same look: coordinates to a hundredth of a pixel, what all
 * parts of a group share said once, and none of the labels that vega gives every mark, since the drawing as a whole is one image.
 */
export function slimSvg(svg: string): string {
  return writeSvg({ ...slimmed(parseSvg(svg)) })
}

function slimmed(node: SvgNode): SvgNode {
  const attributes = new Map([...node.attributes].flatMap(([name, value]) => kept(node, name, value)))
  const children = node.children.flatMap(child => (typeof child === 'string' ? [child] : tidied(slimmed(child))))
  const own = placed(bare({ name: node.name, attributes, children }))
  return own.name === 'g' ? compactShapes(shared(own)) : own
}

/** An attribute in few words, or none of it. Of the classes that vega gives, one tells the marks of a chart from its axes. */
function kept(node: SvgNode, name: string, value: string): readonly (readonly [name: string, value: string])[] {
  if (NEEDLESS.has(name) || DEFAULTS[name] === value || (name === 'role' && node.name !== 'svg')) return []
  if (name === 'class') return value.includes('role-mark') ? [[name, 'role-mark']] : value === 'background' ? [[name, value]] : []
  if (name === 'xlink:href') return [['href', value]]
  return [[name, GEOMETRY.has(name) ? rounded(value) : hexed(value)]]
}

/** Nothing of what draws nothing; the children of a group that says nothing. */
function tidied(node: SvgNode): readonly (SvgNode | string)[] {
  const { name, attributes, children } = node
  const [kind, d] = [attributes.get('class'), attributes.get('d')]
  if (name === 'a') return children
  if (name === 'image' && !attributes.get('href')?.startsWith('data:')) return []
  if (name === 'path' && (d === '' || attributes.get('display') === 'none')) return []
  if (name === 'path' && kind === 'background' && !attributes.has('fill') && !attributes.has('stroke')) return []
  if (name !== 'g') return [node]
  if (children.length === 0) return []
  return attributes.size === 0 ? children : [node]
}

/** Without the width of a line that is not drawn, and with the opacity of a plain shape as that of its colour, which a group can share. */
function bare(node: SvgNode): SvgNode {
  if (node.children.some(child => typeof child !== 'string') || node.name === 'svg') return node
  const attributes = new Map(node.attributes)
  const opacity = attributes.get('opacity')
  if (!attributes.has('stroke')) {
    for (const name of ['stroke-width', 'stroke-opacity', 'stroke-dasharray']) attributes.delete(name)
    if (opacity !== undefined && attributes.has('fill') && !attributes.has('fill-opacity')) {
      attributes.delete('opacity')
      attributes.set('fill-opacity', opacity)
    }
  } else if (opacity !== undefined && !attributes.has('fill') && !attributes.has('stroke-opacity')) {
    attributes.delete('opacity')
    attributes.set('stroke-opacity', opacity)
  }
  return { ...node, attributes }
}

const NUMBER = String.raw`(-?[\d.]+)`
const MOVED = new RegExp(`^translate\\(${NUMBER},${NUMBER}\\)$`)
const CIRCLE = new RegExp(String.raw`^M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0$`)

/** At its place, rather than moved there; a circle as one. */
function placed(node: SvgNode): SvgNode {
  const [, x, y] = MOVED.exec(node.attributes.get('transform') ?? '') ?? []
  const radius = CIRCLE.exec(node.attributes.get('d') ?? '')?.[1]
  const rest = [...node.attributes].filter(([name]) => name !== 'transform')
  if (x === undefined || y === undefined) return node
  if (
    node.name === 'text' &&
    !node.attributes.has('x') &&
    !node.attributes.has('y') &&
    node.children.every(child => typeof child === 'string')
  )
    return { ...node, attributes: new Map([...rest, ['x', x], ['y', y]]) }
  if (node.name === 'line' && !node.attributes.has('x1') && !node.attributes.has('y1')) {
    const end = (name: string, from: string): string => rounded(String(Number(node.attributes.get(name) ?? 0) + Number(from)))
    const ends = [
      ['x1', x],
      ['y1', y],
      ['x2', end('x2', x)],
      ['y2', end('y2', y)],
    ] as const
    return {
      ...node,
      attributes: new Map([...rest.filter(([name]) => !/^[xy]2$/.test(name)), ...ends.filter(([, value]) => value !== '0')]),
    }
  }
  if (node.name === 'path' && radius !== undefined) {
    const at = [
      ['cx', x],
      ['cy', y],
      ['r', radius],
    ] as const
    return { name: 'circle', children: [], attributes: new Map([...rest.filter(([name]) => name !== 'd'), ...at]) }
  }
  return node
}

/** What all children of a group say alike, the group says for them. */
function shared(group: SvgNode): SvgNode {
  const parts = group.children.filter(child => typeof child !== 'string')
  const [first] = parts
  if (first === undefined || parts.length < 2 || parts.length < group.children.length) return group
  const common = INHERITED.flatMap(name => {
    const value = first.attributes.get(name)
    const all = value !== undefined && !group.attributes.has(name) && parts.every(part => part.attributes.get(name) === value)
    return all ? [[name, value] as const] : []
  })
  const names = new Set<string>(common.map(([name]) => name))
  const without = (part: SvgNode): SvgNode => ({
    ...part,
    attributes: new Map([...part.attributes].filter(([name]) => !names.has(name))),
  })
  return { ...group, attributes: new Map([...group.attributes, ...common]), children: parts.map(without) }
}

/** Halves away from zero, so that both sides of a circle round alike. */
const rounded = (value: string): string =>
  value.replaceAll(/-?\d+\.\d+(?:e-?\d+)?/g, number =>
    String((Math.sign(Number(number)) * Math.round(Math.abs(Number(number)) * 100)) / 100 + 0),
  )

const hexed = (value: string): string =>
  value.replace(
    /^rgb\((\d+), (\d+), (\d+)\)$/,
    (_, ...rgb: string[]) =>
      `#${rgb
        .slice(0, 3)
        .map(each => Number(each).toString(16).padStart(2, '0'))
        .join('')}`,
  )
