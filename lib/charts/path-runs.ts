/** A run of straight lines, in tenths of a pixel. */
export interface Run {
  readonly points: readonly Point[]
  readonly closed: boolean
}
export type Point = readonly [x: number, y: number]

const TOKEN = /([a-zA-Z])|(-?\d*\.?\d+(?:e[-+]?\d+)?)/g

/** A path of straight lines, moved; undefined for any other. */
export function runsOf(d: string, [right, down]: Point = [0, 0]): readonly Run[] | undefined {
  const runs: { points: Point[]; closed: boolean }[] = []
  let [x, y, command] = [0, 0, '']
  const numbers: number[] = []
  const step = (): boolean => {
    const wanted = 'HhVv'.includes(command) ? 1 : 2
    if (command === '' || !'MmLHhVvl'.includes(command)) return false
    if (numbers.length < wanted) return true
    const [a, b] = numbers.splice(0, wanted) as [number, number]
    if (command === 'h') x += a
    else if (command === 'H') x = a
    else if (command === 'v') y += a
    else if (command === 'V') y = a
    else if (command === 'l' || command === 'm') [x, y] = [x + a, y + b]
    else [x, y] = [a, b]
    const at: Point = [tenths(x + right), tenths(y + down)]
    if (command === 'M' || command === 'm') runs.push({ points: [at], closed: false })
    else runs.at(-1)?.points.push(at)
    if (command === 'M') command = 'L'
    if (command === 'm') command = 'l'
    return true
  }
  for (const [, letter, number] of d.matchAll(TOKEN)) {
    if (letter === undefined) {
      numbers.push(Number(number))
      if (!step()) return undefined
    } else if (letter === 'Z' || letter === 'z') {
      const run = runs.at(-1)
      if (run === undefined) return undefined
      run.closed = true
      const [[startX, startY]] = run.points as [Point]
      ;[x, y] = [startX / 10 - right, startY / 10 - down]
    } else command = letter
  }
  return numbers.length > 0 ? undefined : runs
}

/** Runs in few characters: each step from the last, without points that lie on the way. @param unit how many tenths one is of what is written */
export function writtenRuns(runs: readonly Run[], unit: 1 | 10 = 10): string {
  let [text, at]: [string, Point] = ['', [0, 0]]
  const short = (value: number): string => String(value / unit).replace(/^(-?)0\./, '$1.')
  const pair = ([x, y]: Point): string => short(x) + joined(short(x), short(y))
  for (const { points, closed } of runs) {
    const [first, ...rest] = thinned(points) as [Point, ...Point[]]
    const [far, near] = [`M${pair(first)}`, `m${pair([first[0] - at[0], first[1] - at[1]])}`]
    text += text !== '' && near.length < far.length ? near : far
    let [letter, last] = ['', first]
    for (const point of rest) {
      const [dx, dy] = [point[0] - last[0], point[1] - last[1]]
      last = point
      if (dx === 0 && dy === 0 && rest.length > 1) continue
      const next = dy === 0 ? 'h' : dx === 0 ? 'v' : 'l'
      const words = next === 'h' ? short(dx) : next === 'v' ? short(dy) : pair([dx, dy])
      // a letter that repeats may be left out
      text += next === letter ? joined(text, words) : next + words
      letter = next
    }
    if (closed) text += 'z'
    at = closed ? first : last
  }
  return text
}

const tenths = (pixels: number): number => Math.round(pixels * 10)

/** With a space before it, unless a sign or a second point parts the two already. */
function joined(before: string, number: string): string {
  return number.startsWith('-') || (number.startsWith('.') && /\.\d*$/.test(before)) ? number : ` ${number}`
}

/** How far, in tenths of a pixel, a point may lie from a straight line that leaves it out: what no screen shows. */
const UNSEEN = 0.8

/** Within sight of a straight line between those that stay (Douglas and Peucker 1973). */
function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length < 4) return points
  const kept = new Set([0, points.length - 1])
  const parts: [number, number][] = [[0, points.length - 1]]
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const [from, to] = part
    let [far, most] = [-1, UNSEEN]
    for (let i = from + 1; i < to; i++) {
      const off = distance(points[i] as Point, points[from] as Point, points[to] as Point)
      if (off > most) [far, most] = [i, off]
    }
    if (far < 0) continue
    kept.add(far)
    parts.push([from, far], [far, to])
  }
  return points.filter((_, i) => kept.has(i))
}

/** From a stretch between two points. */
function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay]
  const square = dx * dx + dy * dy
  const along = square === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / square))
  const [offX, offY] = [x - ax - along * dx, y - ay - along * dy]
  return Math.sqrt(offX * offX + offY * offY)
}
