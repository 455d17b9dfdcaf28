import type { Mark } from './marks-of.ts'
import { writtenRuns, type Point } from './path-runs.ts'
import type { SvgNode } from './svg-tree.ts'

/** Circles from which on they are drawn as points of a round pen. */
const MANY = 8
/** Circles that follow each other and are drawn together where they look alike: few enough that of several colours none lies above all others. */
const TOGETHER = 60

/** Filled circles in a row, as points of round pens that are so wide; undefined where there are few. */
export function penDots(marks: readonly Mark[]): readonly SvgNode[] | undefined {
  if (marks.length < MANY) return undefined
  const colours = new Set(marks.map(({ node }) => node.attributes.get('fill')))
  const block = colours.size === 1 ? marks.length : TOGETHER
  const paths: SvgNode[] = []
  for (let from = 0; from < marks.length; from += block) {
    const alike = new Map<string, { readonly pen: Pen; readonly points: Point[] }>()
    for (const { node } of marks.slice(from, from + block)) {
      const pen = penOf(node)
      const key = JSON.stringify(pen)
      const found = alike.get(key) ?? { pen, points: [] }
      const [x, y] = ['cx', 'cy'].map(each => Math.round(Number(node.attributes.get(each)) * 10)) as [number, number]
      found.points.push([x, y])
      alike.set(key, found)
    }
    for (const { pen, points } of alike.values())
      paths.push({ name: 'path', children: [], attributes: new Map([...pen, ['d', dotted(points)]]) })
  }
  // in tenths: no number has a point then
  const said = new Map([...usual(paths), ['stroke-linecap', 'round'], ['transform', 'scale(.1)']])
  const without = (path: SvgNode): SvgNode => ({
    ...path,
    attributes: new Map([...path.attributes].filter(([key, value]) => said.get(key) !== value)),
  })
  return [{ name: 'g', attributes: said, children: paths.map(without) }]
}

/** Of what all paths say, what most of them do: their group says it for them. */
function usual(paths: readonly SvgNode[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const key of ['stroke', 'stroke-opacity', 'stroke-width']) {
    const values = paths.flatMap(({ attributes }) => attributes.get(key) ?? [])
    const often = (value: string): number => values.filter(each => each === value).length
    const [most] = [...new Set(values)].sort((a, b) => often(b) - often(a))
    if (most !== undefined && values.length === paths.length) found.set(key, most)
  }
  return found
}

export const isDot = ({ node: { name, attributes } }: Mark): boolean =>
  name === 'circle' && [...attributes.keys()].every(key => ['cx', 'cy', 'r', 'fill', 'fill-opacity'].includes(key))

type Pen = readonly (readonly [name: string, value: string])[]

/** What fills a circle, as the colour of a pen that is as wide. */
const penOf = ({ attributes }: SvgNode): Pen => [
  ...[...attributes]
    .filter(([key]) => key.startsWith('fill'))
    .map(([key, value]) => [key.replace('fill', 'stroke'), value] as const),
  ['stroke-width', String((Math.round(Number(attributes.get('r')) * 8) * 10) / 4)],
]

/** Each point once, the nearest next, so that steps are short. */
function dotted(points: readonly Point[]): string {
  const left = [...new Map(points.map(point => [point.join(), point])).values()]
  const order: Point[] = []
  for (let at: Point | undefined = [0, 0]; left.length > 0;) {
    let [best, least] = [0, Infinity]
    left.forEach(([x, y], i) => {
      const far = Math.abs(x - (at as Point)[0]) + Math.abs(y - (at as Point)[1])
      if (far < least) [best, least] = [i, far]
    })
    at = left.splice(best, 1)[0]
    order.push(at as Point)
  }
  return writtenRuns(
    order.map(point => ({ points: [point, point], closed: false })),
    1,
  )
}
