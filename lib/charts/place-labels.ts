import { textWidth } from './text-width.ts'

/** A place in a plot, both coordinates from 0 to 1, y upwards. */
export interface Place {
  readonly x: number
  readonly y: number
}

/** A line, and the words that belong to it; `label` is drawn line by line. */
export interface Named {
  readonly label: readonly string[]
  readonly points: readonly Place[]
  /** Where its leader has to begin; anywhere along the line by default. */
  readonly at?: number
}

/** Where the words of a line go: from a place on it a leader goes to where they begin, or, on its left, end. */
export interface PlacedLabel {
  readonly on: Place
  readonly at: Place
  readonly side: 'left' | 'right'
}

/** In pixels. */
interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}
type Segment = readonly [from: Place, to: Place]
interface Plot {
  readonly width: number
  readonly height: number
}
interface Room {
  readonly plot: Plot
  /** The lines of the chart, and leaders and boxes of what has been placed. */
  readonly lines: readonly (readonly Segment[])[]
  readonly guides: readonly Segment[]
  readonly edges: readonly Segment[]
  readonly leaders: Segment[]
  readonly boxes: Box[]
}

const FONT = 11
/** From line to line, in pixels. */
export const LINE = 13
/** Between a leader's end and its words, and between words and lines. */
const GAP = 4
/** Where on its line a leader may begin, short of the end, where curves of shares all meet; how far it may reach, and what crossing another line costs: in pixels, as a longer leader would. */
const ALONG = Array.from({ length: 21 }, (_, i) => 0.05 + i * 0.03)
const REACH = [14, 24, 36, 50, 66, 84, 104, 126, 150, 180, 215, 255]
/** Which way, as shares of the reach across and up. */
const WAYS = [
  [0.6, 0.8],
  [0.9, 0.45],
  [0.25, 0.97],
] as const
const CROSSING = 45

export interface Guides {
  /** Lines that no words may lie on. */
  readonly firm: readonly (readonly Place[])[]
  /** Edges of shades, which words may lie on where there is no other room. */
  readonly edges?: readonly (readonly Place[])[]
}

/**
 * Words beside their lines, in place of a legend: each as near to its line as can be, over no line and no other words, at each of the widths that
 * the plot may be drawn at. Undefined where some do not fit: a legend has to say it then.
 */
export function placeLabels(
  lines: readonly Named[],
  guides: Guides,
  height: number,
  widths: readonly number[],
): readonly PlacedLabel[] | undefined {
  for (const order of orders(lines.length)) {
    const placed = placedIn(order, lines, guides, height, widths)
    if (placed !== undefined) return placed
  }
  return undefined
}

/** Who chooses first: the order given, its reverse, and, of a few lines, every other. */
function orders(count: number): readonly (readonly number[])[] {
  const forwards = Array.from({ length: count }, (_, i) => i)
  const all = (left: readonly number[]): number[][] =>
    left.length === 0 ? [[]] : left.flatMap(first => all(left.filter(each => each !== first)).map(rest => [first, ...rest]))
  return [forwards, forwards.toReversed(), ...(count <= 4 ? all(forwards).slice(1, -1) : [])]
}

function placedIn(
  order: readonly number[],
  lines: readonly Named[],
  { firm, edges = [] }: Guides,
  height: number,
  widths: readonly number[],
): readonly PlacedLabel[] | undefined {
  const rooms = widths.map((width): Room => {
    const plot = { width, height }
    return {
      plot,
      lines: lines.map(({ points }) => segments(points, plot)),
      guides: firm.flatMap(points => segments(points, plot)),
      edges: edges.flatMap(points => segments(points, plot)),
      leaders: [],
      boxes: [],
    }
  })
  const placed: PlacedLabel[] = []
  for (const own of order) {
    const { label, points, at } = lines[own] as Named
    const size = sizeOf(label)
    let [best, least] = [undefined as PlacedLabel | undefined, Infinity]
    for (const candidate of candidates(points, at === undefined ? ALONG : [at], rooms[0]?.plot as Plot)) {
      let all = 0
      for (const room of rooms) if (all < least) all += cost(candidate, size, own, room, least - all)
      if (all < least) [best, least] = [candidate, all]
    }
    if (best === undefined) return undefined
    placed[own] = best
    for (const room of rooms) {
      room.boxes.push(boxOf(best, size, room.plot))
      room.leaders.push(leaderOf(best, room.plot))
    }
  }
  return placed
}

/** Leaders up and down, to the left and to the right, from places on a line, the short ones first. */
function candidates(points: readonly Place[], along: readonly number[], plot: Plot): readonly PlacedLabel[] {
  const from = along.flatMap(x => placeOn(points, x) ?? [])
  const ways = WAYS.flatMap(([across, up]) =>
    [-1, 1].flatMap(down =>
      (['left', 'right'] as const).map(side => ({ side, across: side === 'left' ? -across : across, up: down * up })),
    ),
  )
  return REACH.flatMap(reach =>
    from.flatMap(on =>
      ways.map(({ side, across, up }): PlacedLabel => {
        const at = { x: on.x + (across * reach) / plot.width, y: on.y + (up * reach) / plot.height }
        return { on, at, side }
      }),
    ),
  )
}

/** What a place costs in one room, in pixels; no end of it where words would lie over something, or outside, or where it costs too much anyway. */
function cost(candidate: PlacedLabel, size: Size, own: number, room: Room, most: number): number {
  const leader = leaderOf(candidate, room.plot)
  const [from, to] = leader
  const long = Math.abs(to.x - from.x) + Math.abs(to.y - from.y)
  if (long >= most) return Infinity
  const box = boxOf(candidate, size, room.plot)
  if (box.left < 2 || box.right > room.plot.width - 2 || box.top < 2 || box.bottom > room.plot.height - 2) return Infinity
  if (room.boxes.some(other => meet(box, other))) return Infinity
  if (room.boxes.some(other => through(leader, other)) || room.leaders.some(other => through(other, box) || cross(leader, other)))
    return Infinity
  if (room.guides.some(each => through(each, box) || cross(each, leader))) return Infinity
  if (room.lines.some(line => line.some(each => through(each, box)))) return Infinity
  const crossed = room.lines.filter((line, i) => i !== own && line.some(each => cross(each, leader))).length
  const over = room.edges.filter(each => through(each, box) || cross(each, leader)).length
  return long + (crossed + over) * CROSSING
}

/** Of words, in pixels. */
type Size = Plot
const sizeOf = (label: readonly string[]): Size => ({
  width: Math.max(...label.map(line => textWidth(line, FONT))),
  height: label.length * LINE,
})

function boxOf({ at, side }: PlacedLabel, { width, height }: Size, plot: Plot): Box {
  const { x, y } = inPixels(at, plot)
  const left = side === 'left' ? x - GAP - width : x + GAP
  return { left, right: left + width, top: y - height / 2, bottom: y + height / 2 }
}

const leaderOf = ({ on, at }: PlacedLabel, plot: Plot): Segment => [inPixels(on, plot), inPixels(at, plot)]
const inPixels = ({ x, y }: Place, { width, height }: Plot): Place => ({ x: x * width, y: (1 - y) * height })

function segments(points: readonly Place[], plot: Plot): readonly Segment[] {
  const there = points.map(point => inPixels(point, plot))
  return there.slice(1).map((to, i) => [there[i] as Place, to])
}

/** The line's height at `x`, where it has one. */
function placeOn(points: readonly Place[], x: number): Place | undefined {
  const after = points.findIndex(point => point.x >= x)
  const [a, b] = [points[after - 1], points[after]]
  if (a === undefined || b === undefined || a.x === b.x) return undefined
  return { x, y: a.y + ((x - a.x) / (b.x - a.x)) * (b.y - a.y) }
}

const meet = (a: Box, b: Box): boolean =>
  a.left < b.right + GAP && b.left < a.right + GAP && a.top < b.bottom + 1 && b.top < a.bottom + 1

/** Whether a stroke goes through a box, or within `GAP` of it: some of it lies on the inner side of every edge (Liang and Barsky 1984). */
function through([a, b]: Segment, box: Box): boolean {
  if (Math.max(a.x, b.x) < box.left - GAP || Math.min(a.x, b.x) > box.right + GAP) return false
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const edges = [
    [-dx, a.x - (box.left - GAP)],
    [dx, box.right + GAP - a.x],
    [-dy, a.y - (box.top - GAP)],
    [dy, box.bottom + GAP - a.y],
  ] as const
  let [enter, leave] = [0, 1]
  for (const [along, inside] of edges) {
    if (along === 0 && inside < 0) return false
    if (along < 0) enter = Math.max(enter, inside / along)
    if (along > 0) leave = Math.min(leave, inside / along)
  }
  return enter <= leave
}

function cross([a, b]: Segment, [c, d]: Segment): boolean {
  if (Math.max(a.x, b.x) < Math.min(c.x, d.x) || Math.max(c.x, d.x) < Math.min(a.x, b.x)) return false
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0
}

/** On which side of the line from `p` to `q` another place lies. */
const turn = (p: Place, q: Place, r: Place): number => Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x))
