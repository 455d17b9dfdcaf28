import { compactMarks } from './compact-marks.ts'
import { parseSvg, writeSvg, type SvgNode } from './svg-tree.ts'

/** Said by the drawing as a whole, or to a pointer, or what is so anyway. */
const NEEDLESS = new Set(['aria-label', 'aria-roledescription', 'aria-hidden', 'pointer-events', 'xmlns:xlink', 'version'])
const DEFAULTS: Readonly<Record<string, string>> = {
  opacity: '1',
  'fill-opacity': '1',
  'stroke-opacity': '1',
  'stroke-miterlimit': '4',
  'font-weight': 'normal',
  'font-style': 'normal',
  'text-anchor': 'start',
  transform: 'translate(0,0)',
}
const GEOMETRY = new Set(['d', 'transform', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'width', 'height'])

/**
 * A drawing as vega writes it, at a fraction of its length and with the same look: coordinates to a tenth of a pixel, what looks alike drawn together, and
 * none of the labels that vega gives every mark, since the drawing as a whole is one image.
 */
export function slimSvg(svg: string): string {
  const { name, attributes, children } = slimmed(parseSvg(svg))
  return writeSvg({ name, attributes: new Map([...attributes, ['fill', 'none']]), children: compactMarks(children) })
}

function slimmed(node: SvgNode): SvgNode {
  const attributes = new Map([...node.attributes].flatMap(([name, value]) => kept(node, name, value)))
  const children = node.children.flatMap(child => (typeof child === 'string' ? [child] : tidied(slimmed(child))))
  return circled(
    bare({ name: node.name, attributes, children: node.name === 'linearGradient' ? withoutMiddle(children) : children }),
  )
}

/** An attribute in few words, or none of it. */
function kept(node: SvgNode, name: string, value: string): readonly (readonly [name: string, value: string])[] {
  if (NEEDLESS.has(name) || DEFAULTS[name] === value || (name === 'role' && node.name !== 'svg')) return []
  if (name === 'class') return value === 'background' ? [[name, value]] : []
  if (name === 'xlink:href') return [['href', value]]
  return [[name, GEOMETRY.has(name) ? rounded(value) : hexed(value)]]
}

/** Nothing of what draws nothing; what a link is around. */
function tidied(node: SvgNode): readonly (SvgNode | string)[] {
  const { name, attributes, children } = node
  if (name === 'a') return children
  if (name === 'image' && !attributes.get('href')?.startsWith('data:')) return []
  if (name === 'path' && (attributes.get('d') === '' || attributes.get('display') === 'none')) return []
  if (name === 'text' && children.length === 0) return []
  if (attributes.get('opacity') === '0') return []
  return name === 'g' && children.length === 0 ? [] : [node]
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

const CIRCLE = new RegExp(String.raw`^M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0$`)

/** A circle that vega writes as a path. */
function circled(node: SvgNode): SvgNode {
  const radius = CIRCLE.exec(node.attributes.get('d') ?? '')?.[1]
  if (radius === undefined) return node
  const rest = [...node.attributes].filter(([name]) => name !== 'd')
  return { name: 'circle', children: [], attributes: new Map([...rest, ['r', radius]]) }
}

/** A gradient without the stops that its neighbours make anyway, to a 255th of each part of a colour. */
function withoutMiddle(stops: SvgNode['children']): SvgNode['children'] {
  const at = (i: number): readonly number[] => {
    const { attributes } = stops[i] as SvgNode
    const colour = attributes.get('stop-color') ?? ''
    return [Number(attributes.get('offset')), ...[1, 3, 5].map(from => Number.parseInt(colour.slice(from, from + 2), 16))]
  }
  const kept = [0]
  for (let i = 2; i < stops.length; i++) {
    const from = kept.at(-1) as number
    const [[start = 0, ...one], [end = 0, ...other]] = [at(from), at(i)] as [readonly number[], readonly number[]]
    const fits = (j: number): boolean => {
      const [offset = 0, ...colour] = at(j)
      return colour.every((part, k) => {
        const [a, b] = [one[k] as number, other[k] as number]
        return Math.abs(a + ((b - a) * (offset - start)) / (end - start) - part) <= 1
      })
    }
    if (!Array.from({ length: i - from - 1 }, (_, k) => from + 1 + k).every(fits)) kept.push(i - 1)
  }
  if (stops.length > 1) kept.push(stops.length - 1)
  return kept.flatMap(i => stops[i] ?? [])
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
