import type { Mark } from './marks-of.ts'
import { writtenRuns, type Run } from './path-runs.ts'
import type { SvgNode } from './svg-tree.ts'

/** Filled rectangles of many colours from which on they are taken for cells. */
const MANY = 30
/** How far a part of a colour, of 255, may be from what it was: what no eye tells apart. */
const UNSEEN = 2

interface Cell {
  readonly box: readonly [left: number, top: number, right: number, bottom: number]
  readonly colour: string
}

/**
 * Cells of a heat map, edge to edge: strokes of one pen that is as wide as a row is high, by colour, in the cells' own units. Undefined where they do not
 * lie on a grid. Edges are hard: softened, they would show as lines between the cells.
 */
export function heatCells(marks: readonly Mark[]): readonly SvgNode[] | undefined {
  if (marks.length < MANY) return undefined
  const cells = marks.map(({ node, runs }) => ({
    box: boxOf((runs as readonly Run[])[0] as Run),
    colour: node.attributes.get('fill') as string,
  }))
  const across = stepsOf(cells.map(({ box: [left, , right] }) => [left, right]))
  const down = stepsOf(cells.map(({ box: [, top, , bottom] }) => [top, bottom]))
  if (across === undefined || down === undefined) return undefined
  const colours = new Map<string, (readonly [column: number, row: number])[]>()
  for (const { box, colour } of cells) {
    const alike = [...colours.keys()].find(each => apart(each, colour) <= UNSEEN) ?? colour
    colours.set(alike, [...(colours.get(alike) ?? []), [across.at(box[0]), down.at(box[1])]])
  }
  const paths = [...colours].map(([colour, places]): SvgNode => ({
    name: 'path',
    children: [],
    attributes: new Map([
      ['stroke', colour],
      ['d', writtenRuns(strokes(places), 1)],
    ]),
  }))
  const rounded = (value: number): string => String(Math.round(value * 1000) / 1000)
  const move = `translate(${rounded(across.from / 10)},${rounded((down.from + down.step / 2) / 10)})`
  const attributes = new Map([
    ['shape-rendering', 'crispEdges'],
    ['transform', `${move} scale(${rounded(across.step / 10)},${rounded(down.step / 10)})`],
  ])
  return [{ name: 'g', attributes, children: paths }]
}

/** A filled rectangle and nothing else. */
export const isCell = ({ node: { attributes }, runs }: Mark): boolean =>
  runs?.length === 1 &&
  attributes.size === 1 &&
  /^#[0-9a-f]{6}$/.test(attributes.get('fill') ?? '') &&
  isRectangle(runs[0] as Run)

export function isRectangle({ points, closed }: Run): boolean {
  const [a, b, c, d] = points
  if (!closed || points.length !== 4 || a === undefined || b === undefined || c === undefined || d === undefined) return false
  return a[1] === b[1] && b[0] === c[0] && c[1] === d[1] && d[0] === a[0]
}

function boxOf({ points }: Run): Cell['box'] {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

/** Equal steps that all stretches take, to a tenth of a pixel or so: rounded, they are not quite equal. */
function stepsOf(stretches: readonly (readonly [from: number, to: number])[]) {
  const [from, to] = [Math.min(...stretches.map(([each]) => each)), Math.max(...stretches.map(([, each]) => each))]
  const widths = stretches.map(([start, end]) => end - start)
  const count = Math.round((to - from) / (widths.reduce((sum, width) => sum + width, 0) / widths.length))
  const step = (to - from) / count
  const at = (start: number): number => Math.round((start - from) / step)
  const fit = stretches.every(
    ([start, end]) => Math.abs(from + at(start) * step - start) < 1.2 && Math.abs(end - start - step) < 1.2,
  )
  return fit ? { from, step, at } : undefined
}

const apart = (one: string, other: string): number =>
  Math.max(...[1, 3, 5].map(i => Math.abs(Number.parseInt(one.slice(i, i + 2), 16) - Number.parseInt(other.slice(i, i + 2), 16))))

/** Neighbours in a row in one stroke. */
function strokes(places: readonly (readonly [column: number, row: number])[]): readonly Run[] {
  const runs: { from: number; to: number; row: number }[] = []
  for (const [column, row] of [...places].sort(([a, b], [c, d]) => b - d || a - c)) {
    const last = runs.at(-1)
    if (last !== undefined && last.row === row && last.to === column) last.to++
    else runs.push({ from: column, to: column + 1, row })
  }
  return runs.map(({ from, to, row }) => ({
    points: [
      [from, row],
      [to, row],
    ],
    closed: false,
  }))
}
