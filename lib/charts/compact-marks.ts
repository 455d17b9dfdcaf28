import { outlined } from './bars.ts'
import { heatCells, isCell } from './heat-cells.ts'
import { marksOf, type Box, type Mark } from './marks-of.ts'
import { merged, type Together } from './merged-marks.ts'
import { writtenRuns, type Run } from './path-runs.ts'
import { isDot, penDots } from './pen-dots.ts'
import type { SvgNode } from './svg-tree.ts'

/** The elements of a drawing, few and short, that look as these do. */
export function compactMarks(children: SvgNode['children']): readonly SvgNode[] {
  return merged(inRows(marksOf(children))).map(written)
}

/** Dots and cells that follow each other, drawn in their own way. */
function inRows(marks: readonly Mark[]): readonly Mark[] {
  const found: Mark[] = []
  for (let from = 0; from < marks.length;) {
    const [kind, draw] = KINDS.find(([is]) => is(marks[from] as Mark)) ?? [() => false, () => undefined]
    let to = from + 1
    while (to < marks.length && kind(marks[to] as Mark)) to++
    const row = marks.slice(from, to)
    const nodes = draw(row)
    found.push(...(nodes === undefined ? row : nodes.map(node => ({ node, box: around(row) }))))
    from = to
  }
  return found
}

const KINDS: readonly (readonly [is: (mark: Mark) => boolean, draw: (row: readonly Mark[]) => readonly SvgNode[] | undefined])[] =
  [
    [isDot, penDots],
    [isCell, heatCells],
  ]

const around = (marks: readonly Mark[]): Box => [
  Math.min(...marks.map(({ box }) => box[0])),
  Math.min(...marks.map(({ box }) => box[1])),
  Math.max(...marks.map(({ box }) => box[2])),
  Math.max(...marks.map(({ box }) => box[3])),
]

function written({ nodes, runs }: Together): SvgNode {
  const [first] = nodes as [SvgNode]
  if (runs !== undefined) return path(first, runs)
  if (first.name === 'text' && nodes.length > 1) return labels(nodes)
  const [inner] = first.children
  const own =
    first.name === 'g' &&
    typeof inner !== 'string' &&
    inner?.name === 'g' &&
    nodes.length === 1 &&
    !first.attributes.has('stroke-linecap')
  return own && inner !== undefined ? { ...first, children: compactMarks([inner]) } : first
}

/** In tenths where that is shorter, since most numbers have no point then. */
function path({ attributes }: SvgNode, runs: readonly Run[]): SvgNode {
  const drawn = attributes.has('stroke') ? runs : outlined(runs)
  const [plain, tenths] = [writtenRuns(drawn), writtenRuns(drawn, 1)]
  const scaled = new Map([...attributes].map(([key, value]) => [key, WIDTHS.has(key) ? tenfold(value) : value] as const))
  if (attributes.has('stroke') && !attributes.has('stroke-width')) scaled.set('stroke-width', '10')
  scaled.set('transform', 'scale(.1)')
  const [one, other] = [new Map([...attributes, ['d', plain]]), new Map([...scaled, ['d', tenths]])]
  return { name: 'path', children: [], attributes: lengthOf(other) < lengthOf(one) ? other : one }
}

const WIDTHS = new Set(['stroke-width', 'stroke-dasharray'])
const tenfold = (value: string): string => value.replaceAll(/[\d.]+/g, each => String(Math.round(Number(each) * 1000) / 100))
const lengthOf = (attributes: ReadonlyMap<string, string>): number =>
  [...attributes].reduce((sum, [key, value]) => sum + key.length + value.length + 4, 0)

/** Labels in a row or a column from which on their line is said once. */
const MANY = 5

/** Texts of one look: their group says it, and the line on which all stand. */
function labels(nodes: readonly SvgNode[]): SvgNode {
  const [first] = nodes as [SvgNode]
  const look = [...first.attributes].filter(([key]) => key !== 'x' && key !== 'y')
  const on = (key: string): string | undefined => {
    const value = first.attributes.get(key)
    return nodes.length >= MANY &&
      nodes.every(node => node.attributes.get(key) === value && node.children.every(child => typeof child === 'string'))
      ? value
      : undefined
  }
  const [x, y] = [on('x'), on('y')]
  const children = nodes.map(node => ({
    ...node,
    attributes: new Map(
      (['x', 'y'] as const).flatMap(key =>
        (key === 'x' ? x : y) === undefined ? [[key, node.attributes.get(key) ?? '0'] as const] : [],
      ),
    ),
  }))
  const moved = x === undefined && y === undefined ? [] : [['transform', `translate(${x ?? 0},${y ?? 0})`] as const]
  return { name: 'g', attributes: new Map([...look, ...moved]), children }
}
