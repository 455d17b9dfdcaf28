/** A run of straight lines, in tenths of a pixel. */
interface Run {
  readonly points: readonly Point[]
  readonly closed: boolean
}
type Point = readonly [x: number, y: number]

const TOKEN = /([a-zA-Z])|(-?\d*\.?\d+(?:e[-+]?\d+)?)/g
/** How far, in tenths of a pixel, a point may lie from a straight line that leaves it out: what no screen shows. */
const UNSEEN = 0.8

/** A path of straight lines in few characters: tenths of a pixel, each step from the last, without points that lie on the way. Any other stays as it is. */
export function compactPath(d: string): string {
  const runs = runsOf(d)
  return runs === undefined ? d : runs.map(written).join('')
}

function runsOf(d: string): readonly Run[] | undefined {
  const runs: { points: Point[]; closed: boolean }[] = []
  let [x, y, command] = [0, 0, '']
  const numbers: number[] = []
  const step = (): boolean => {
    const wanted = 'HhVv'.includes(command) ? 1 : 2
    if (command === '' || !'MLHhVvl'.includes(command)) return false
    if (numbers.length < wanted) return true
    const [a, b] = numbers.splice(0, wanted) as [number, number]
    if (command === 'h') x += a
    else if (command === 'H') x = a
    else if (command === 'v') y += a
    else if (command === 'V') y = a
    else if (command === 'l') [x, y] = [x + a, y + b]
    else [x, y] = [a, b]
    const at: Point = [Math.round(x * 10), Math.round(y * 10)]
    if (command === 'M') runs.push({ points: [at], closed: false })
    else runs.at(-1)?.points.push(at)
    if (command === 'M') command = 'L'
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
      ;[x, y] = (run.points[0] as Point).map(each => each / 10) as [number, number]
    } else command = letter
  }
  return numbers.length > 0 ? undefined : runs
}

function written({ points, closed }: Run): string {
  const kept = thinned(points)
  const [first, ...rest] = kept as [Point, ...Point[]]
  let [text, letter, last] = [`M${pair(first)}`, 'M', first]
  for (const point of rest) {
    const [dx, dy] = [point[0] - last[0], point[1] - last[1]]
    last = point
    if (dx === 0 && dy === 0 && rest.length > 1) continue
    const next = dy === 0 ? 'h' : dx === 0 ? 'v' : 'l'
    const words = next === 'h' ? short(dx) : next === 'v' ? short(dy) : pair([dx, dy])
    // a letter that repeats may be left out
    text += next === letter ? joined('', words) : next + words
    letter = next
  }
  return closed ? `${text}z` : text
}

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

const short = (tenths: number): string => String(tenths / 10).replace(/^(-?)0\./, '$1.')
const pair = ([x, y]: Point): string => short(x) + joined(short(x), short(y))
/** With a space before it, unless a sign or a second point parts the two already. */
function joined(before: string, number: string): string {
  return number.startsWith('-') || (number.startsWith('.') && before.includes('.')) ? number : ` ${number}`
}
