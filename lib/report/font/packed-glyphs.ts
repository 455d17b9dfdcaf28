import { boxOf, readOutline, type Point } from './outline.ts'

/**
 * The table `glyf` as WOFF2 packs it: what is alike of all glyphs together, points in two to five bytes, boxes only where points do not tell them.
 * `loca` follows from it. Source: WOFF File Format 2.0 (W3C 2022), sections 5.1 and 5.2.
 */
export function packedGlyphs(outlines: readonly Buffer[]): Buffer {
  const contours = Buffer.alloc(2 * outlines.length)
  const boxed = Buffer.alloc(4 * Math.ceil(outlines.length / 32))
  const [lengths, flags, places, composites, boxes]: [number[], number[], number[], number[], number[]] = [[], [], [], [], []]
  outlines.forEach((glyph, i) => {
    if (glyph.length === 0) return
    contours.writeInt16BE(glyph.readInt16BE(0), 2 * i)
    let box = true
    if (glyph.readInt16BE(0) < 0) composites.push(...parts(glyph))
    else {
      const outline = readOutline(glyph)
      for (const contour of outline.contours) {
        lengths.push(...short(contour.length))
        for (const point of contour) {
          const [flag, ...bytes] = triplet(point)
          flags.push(flag)
          places.push(...bytes)
        }
      }
      places.push(0) // no hints
      box = boxOf(outline).some((each, side) => each !== outline.box[side])
    }
    if (!box) return
    boxed[i >> 3] = (boxed[i >> 3] as number) | (0x80 >> (i & 7))
    boxes.push(...glyph.subarray(2, 10))
  })
  const streams = [contours, lengths, flags, places, composites, [...boxed, ...boxes], []].map(each => Buffer.from(each))
  const head = Buffer.alloc(36)
  head.writeUInt16BE(outlines.length, 4)
  head.writeUInt16BE(1, 6) // `loca` holds whole offsets
  streams.forEach((stream, i) => head.writeUInt32BE(stream.length, 8 + 4 * i))
  return Buffer.concat([head, ...streams])
}

/** Of a composite glyph what says its parts, without hints. */
function parts(glyph: Buffer): readonly number[] {
  const bytes: number[] = []
  for (let at = 10, more = true; more;) {
    const flags = glyph.readUInt16BE(at)
    const length = 4 + (flags & 1 ? 4 : 2) + (flags & 8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0)
    bytes.push((flags & ~0x100) >> 8, flags & 0xff, ...glyph.subarray(at + 2, at + length))
    at += length
    more = (flags & 0x20) !== 0
  }
  return bytes
}

/** A count of up to 65,535 in one to three bytes: `255UInt16`. */
function short(value: number): readonly number[] {
  if (value < 253) return [value]
  if (value < 506) return [255, value - 253]
  return value < 762 ? [254, value - 506] : [253, value >> 8, value & 0xff]
}

/** A point as a flag, which says how far its numbers reach and where they point, and one to four bytes. */
function triplet({ on, dx, dy }: Point): readonly [flag: number, ...bytes: number[]] {
  const curve = on ? 0 : 128
  const [x, y] = [Math.abs(dx), Math.abs(dy)]
  const [right, up] = [dx < 0 ? 0 : 1, dy < 0 ? 0 : 1]
  const signs = right + 2 * up
  if (x === 0 && y < 1280) return [curve + ((y & 0xf00) >> 7) + up, y & 0xff]
  if (y === 0 && x < 1280) return [curve + 10 + ((x & 0xf00) >> 7) + right, x & 0xff]
  if (x < 65 && y < 65)
    return [curve + 20 + ((x - 1) & 0x30) + (((y - 1) & 0x30) >> 2) + signs, (((x - 1) & 0xf) << 4) | ((y - 1) & 0xf)]
  if (x < 769 && y < 769)
    return [curve + 84 + 12 * (((x - 1) & 0x300) >> 8) + (((y - 1) & 0x300) >> 6) + signs, (x - 1) & 0xff, (y - 1) & 0xff]
  if (x < 4096 && y < 4096) return [curve + 120 + signs, x >> 4, ((x & 0xf) << 4) | (y >> 8), y & 0xff]
  return [curve + 124 + signs, x >> 8, x & 0xff, y >> 8, y & 0xff]
}
