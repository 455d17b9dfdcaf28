/** A point of a glyph, by its step from the one before. */
export interface Point {
  readonly on: boolean
  readonly dx: number
  readonly dy: number
}

/** A simple glyph of the table `glyf`: its box and its points, contour by contour. Hints are left out. */
export interface Outline {
  readonly box: readonly [xMin: number, yMin: number, xMax: number, yMax: number]
  readonly contours: readonly (readonly Point[])[]
}

/** Reads a simple glyph. Source: the OpenType specification, chapter on `glyf`. */
export function readOutline(glyph: Buffer): Outline {
  const contours = glyph.readInt16BE(0)
  const ends = Array.from({ length: contours }, (_, i) => glyph.readUInt16BE(10 + 2 * i))
  const count = (ends.at(-1) ?? -1) + 1
  let at = 10 + 2 * contours
  at += 2 + glyph.readUInt16BE(at)
  const flags: number[] = []
  while (flags.length < count) {
    const flag = glyph.readUInt8(at++)
    const times = flag & 8 ? 1 + glyph.readUInt8(at++) : 1
    for (let i = 0; i < times; i++) flags.push(flag)
  }
  /** @param short one byte, its sign by `same`; else `same` says that it does not move */
  const steps = (short: number, same: number): readonly number[] =>
    flags.map(flag => {
      if (flag & short) return (flag & same ? 1 : -1) * glyph.readUInt8(at++)
      if (flag & same) return 0
      at += 2
      return glyph.readInt16BE(at - 2)
    })
  const dx = steps(2, 16)
  const dy = steps(4, 32)
  const points = flags.map((flag, i) => ({ on: (flag & 1) === 1, dx: dx[i] as number, dy: dy[i] as number }))
  return {
    box: [glyph.readInt16BE(2), glyph.readInt16BE(4), glyph.readInt16BE(6), glyph.readInt16BE(8)],
    contours: ends.map((end, i) => points.slice(i === 0 ? 0 : (ends[i - 1] as number) + 1, end + 1)),
  }
}

/** The box of all points, which is the glyph's own where its curves do not reach further. */
export function boxOf({ contours }: Outline): Outline['box'] {
  let [x, y] = [0, 0]
  const [xs, ys]: [number[], number[]] = [[], []]
  for (const { dx, dy } of contours.flat()) {
    xs.push((x += dx))
    ys.push((y += dy))
  }
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}
