import { runsOf, type Point, type Run } from './path-runs.ts'
import type { SvgNode } from './svg-tree.ts'
import { textWidth } from './text-width.ts'

/** What is drawn, at its place on the drawing: no group moves it or says anything for it. */
export interface Mark {
  readonly node: SvgNode
  /** The straight lines of a path: then the node has no `d`. */
  readonly runs?: readonly Run[]
  /** Where it may draw. */
  readonly box: Box
}
/** In pixels. */
export type Box = readonly [left: number, top: number, right: number, bottom: number]

type Look = ReadonlyMap<string, string>

/** What an element takes from the groups around it, in the order in which it is written. */
const OF_SHAPES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
]
const OF_TEXT = ['fill', 'fill-opacity', 'font-family', 'font-size', 'font-weight', 'font-style', 'text-anchor']
const INHERITED = new Set([...OF_SHAPES, ...OF_TEXT])
const SHAPES = new Set(['path', 'circle', 'rect', 'line'])
/** What draws nothing where it stands. */
const SAID = new Set(['title', 'desc', 'defs'])
const NOWHERE: Box = [0, 0, 0, 0]
const EVERYWHERE: Box = [-Infinity, -Infinity, Infinity, Infinity]

/** The marks of a drawing in their order. A group that does more to them than to move them stays one. */
export function marksOf(children: SvgNode['children'], look: Look = new Map(), at: Point = [0, 0]): readonly Mark[] {
  return children.flatMap(child => {
    if (typeof child === 'string') return []
    if (child.name === 'g') return ofGroup(child, look, at)
    if (child.name === 'text') return ofText(child, look, at)
    if (SHAPES.has(child.name)) return ofShape(child, look, at)
    return [SAID.has(child.name) ? { node: child, box: NOWHERE } : { node: movedBy(child, at), box: EVERYWHERE }]
  })
}

const MOVED = /^translate\((-?[\d.]+),(-?[\d.]+)\)$/

function ofGroup({ name, attributes, children }: SvgNode, look: Look, [x, y]: Point): readonly Mark[] {
  const [, right = '0', down = '0'] = MOVED.exec(attributes.get('transform') ?? 'translate(0,0)') ?? []
  const inner = new Map([...look, ...[...attributes].filter(([key]) => INHERITED.has(key))])
  const own = [...attributes].filter(([key]) => !INHERITED.has(key) && key !== 'class')
  const moves = MOVED.test(attributes.get('transform') ?? 'translate(0,0)')
  if (moves && own.every(([key]) => key === 'transform')) return marksOf(children, inner, [x + Number(right), y + Number(down)])
  // its marks are for the caller to write, in the look of what stands around them
  const node = { name, attributes: new Map(own), children: [{ name: 'g', attributes: inner, children }] }
  return [{ node: movedBy(node, [x, y]), box: EVERYWHERE }]
}

function ofShape({ name, attributes, children }: SvgNode, look: Look, at: Point): readonly Mark[] {
  const all = new Map([...look, ...attributes])
  const drawn = (paint: string): boolean => !['none', 'transparent', undefined].includes(all.get(paint))
  const stroke = drawn('stroke') && all.get('stroke-width') !== '0'
  if (!drawn('fill') && !stroke) return []
  const style = OF_SHAPES.filter(key => (key.startsWith('fill') ? drawn('fill') : stroke)).flatMap(key => {
    const value = all.get(key)
    return value === undefined || (key === 'stroke-width' && value === '1') ? [] : [[key, value] as const]
  })
  const rest = [...attributes].filter(([key]) => !INHERITED.has(key) && key !== 'class' && key !== 'd')
  const pen = stroke ? Number(all.get('stroke-width') ?? 1) / 2 : 0
  const [, right = 0, down = 0] = (MOVED.exec(attributes.get('transform') ?? '') ?? []).map(Number)
  const place = (key: string): number => Number(attributes.get(key) ?? 0)
  const own = rest.filter(([key]) => key !== 'transform' && !/^(?:c?[xy][12]?)$/.test(key))
  const moved = !attributes.has('transform') || MOVED.test(attributes.get('transform') ?? '')
  const [x, y] = [at[0] + right, at[1] + down]
  if (moved && name === 'circle') {
    const [cx, cy, r] = [x + place('cx'), y + place('cy'), place('r') + pen]
    const placed = [...style, ['cx', tenth(cx)], ['cy', tenth(cy)], ...own] as const
    return [{ node: { name, attributes: new Map(placed), children }, box: [cx - r, cy - r, cx + r, cy + r] }]
  }
  const d =
    name === 'line'
      ? `M${place('x1')},${place('y1')}L${place('x2')},${place('y2')}`
      : name === 'path'
        ? attributes.get('d')
        : undefined
  const runs = moved && d !== undefined ? runsOf(d, [x, y]) : undefined
  if (runs !== undefined)
    return [{ node: { name: 'path', attributes: new Map([...style, ...own]), children }, runs, box: boxOf(runs, pen) }]
  const whole = d === undefined ? [...style, ...rest] : [...style, ...rest, ['d', d] as const]
  return [{ node: movedBy({ name, attributes: new Map(whole), children }, at), box: EVERYWHERE }]
}

const TURNED = /^(?:translate\((-?[\d.]+),(-?[\d.]+)\) )?rotate\(-90\)(?: translate\((-?[\d.]+),(-?[\d.]+)\))?$/

function ofText(node: SvgNode, look: Look, at: Point): readonly Mark[] {
  const { attributes, children } = node
  const all = new Map([...look, ...attributes])
  const style = OF_TEXT.flatMap(key => (all.has(key) ? [[key, all.get(key) as string] as const] : []))
  const own = [...attributes].filter(([key]) => !INHERITED.has(key) && !['class', 'x', 'y', 'transform'].includes(key))
  const transform = attributes.get('transform')
  const [x, y] = [at[0] + Number(attributes.get('x') ?? 0), at[1] + Number(attributes.get('y') ?? 0)]
  const [straight, turned] = [MOVED.exec(transform ?? 'translate(0,0)'), TURNED.exec(transform ?? '')]
  const written = (more: readonly (readonly [string, string])[], words: SvgNode['children'], box: Box): readonly Mark[] => [
    { node: { name: 'text', attributes: new Map([...style, ...own, ...more]), children: words }, box },
  ]
  const size = Number.parseFloat(all.get('font-size') ?? '11')
  const lines = children.map(child => (typeof child === 'string' ? child : wordsOf(child)))
  const wide = Math.max(0, ...lines.map(words => textWidth(words, size)))
  const high = size * 1.3 * Math.max(1, lines.length)
  if (straight !== null) {
    const [px, py] = [x + Number(straight[1]), y + Number(straight[2])]
    const words = children.map(child => (typeof child === 'string' ? child : movedSpan(child, px)))
    return written(
      [
        ['x', tenth(px)],
        ['y', tenth(py)],
      ],
      words,
      [px - wide, py - high, px + wide, py + high],
    )
  }
  if (turned !== null && children.every(child => typeof child === 'string')) {
    const [, a = 0, b = 0, c = 0, d = 0] = turned.map(each => Number(each ?? 0))
    // a quarter turn to the left takes (x, y) to (y, -x)
    const [px, py] = [x + a + d, y + b - c]
    return written(
      [
        ['transform', 'rotate(-90)'],
        ['x', tenth(-py)],
        ['y', tenth(px)],
      ],
      children,
      [px - high, py - wide, px + high, py + wide],
    )
  }
  const whole = new Map([...style, ...[...attributes].filter(([key]) => !INHERITED.has(key) && key !== 'class')])
  return [{ node: movedBy({ ...node, attributes: whole }, at), box: EVERYWHERE }]
}

/** Moved before all else that happens to it. */
function movedBy(node: SvgNode, [x, y]: Point): SvgNode {
  if (x === 0 && y === 0) return node
  const transform = `translate(${tenth(x)},${tenth(y)}) ${node.attributes.get('transform') ?? ''}`.trim()
  return { ...node, attributes: new Map([...node.attributes, ['transform', transform]]) }
}

const wordsOf = ({ children }: SvgNode): string => children.filter(child => typeof child === 'string').join('')

/** A further line of a text, below the first. */
function movedSpan(span: SvgNode, x: number): SvgNode | string {
  if (span.attributes.size === 0) return wordsOf(span)
  const moved = [...span.attributes].map(([key, value]) => [key, key === 'x' ? tenth(x + Number(value)) : value] as const)
  return { ...span, attributes: new Map(moved) }
}

function boxOf(runs: readonly Run[], pen: number): Box {
  const points = runs.flatMap(run => run.points)
  const [xs, ys] = [points.map(([x]) => x / 10), points.map(([, y]) => y / 10)]
  return [Math.min(...xs) - pen, Math.min(...ys) - pen, Math.max(...xs) + pen, Math.max(...ys) + pen]
}

const tenth = (pixels: number): string => String((Math.sign(pixels) * Math.round(Math.abs(pixels) * 10)) / 10 + 0)
