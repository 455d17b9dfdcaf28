import { range } from './range.ts'

/** The tables of a TrueType font by name. */
export function tablesOf(font: Buffer): ReadonlyMap<string, Buffer> {
  return new Map(
    range(0, font.readUInt16BE(4) - 1).map(i => {
      const at = 12 + 16 * i
      const start = font.readUInt32BE(at + 8)
      return [font.toString('latin1', at, at + 4), font.subarray(start, start + font.readUInt32BE(at + 12))]
    }),
  )
}

/** From the subtable of format 4 for Unicode. */
export function readCmap(cmap: Buffer): (character: number) => number {
  const at = range(0, cmap.readUInt16BE(2) - 1)
    .map(i => cmap.readUInt32BE(8 + 8 * i))
    .find(offset => cmap.readUInt16BE(offset) === 4)
  if (at === undefined) return () => 0
  const segments = cmap.readUInt16BE(at + 6) / 2
  const [ends, starts, deltas, offsets] = [at + 14, at + 16 + 2 * segments, at + 16 + 4 * segments, at + 16 + 6 * segments]
  return character => {
    for (let i = 0; i < segments; i++) {
      if (cmap.readUInt16BE(ends + 2 * i) < character) continue
      const [start, delta, offset] = [
        cmap.readUInt16BE(starts + 2 * i),
        cmap.readUInt16BE(deltas + 2 * i),
        cmap.readUInt16BE(offsets + 2 * i),
      ]
      if (start > character) return 0
      if (offset === 0) return (character + delta) & 0xffff
      const glyph = cmap.readUInt16BE(offsets + 2 * i + offset + 2 * (character - start))
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff
    }
    return 0
  }
}

/** Glyph by glyph of one width: the single substitutions of the feature `tnum`. */
export function readTabular(gsub: Buffer): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  if (gsub.length === 0) return found
  const [features, lookups] = [gsub.readUInt16BE(6), gsub.readUInt16BE(8)]
  for (const i of range(0, gsub.readUInt16BE(features) - 1)) {
    const record = features + 2 + 6 * i
    if (gsub.toString('latin1', record, record + 4) !== 'tnum') continue
    const feature = features + gsub.readUInt16BE(record + 4)
    for (const j of range(0, gsub.readUInt16BE(feature + 2) - 1)) {
      const lookup = lookups + gsub.readUInt16BE(lookups + 2 + 2 * gsub.readUInt16BE(feature + 4 + 2 * j))
      for (const k of range(0, gsub.readUInt16BE(lookup + 4) - 1)) {
        const table = lookup + gsub.readUInt16BE(lookup + 6 + 2 * k)
        const extended = gsub.readUInt16BE(lookup) === 7
        const kind = extended ? gsub.readUInt16BE(table + 2) : gsub.readUInt16BE(lookup)
        if (kind === 1) readSingle(gsub, extended ? table + gsub.readUInt32BE(table + 4) : table, found)
      }
    }
  }
  return found
}

function readSingle(gsub: Buffer, at: number, into: Map<number, number>): void {
  const form = gsub.readUInt16BE(at)
  readCoverage(gsub, at + gsub.readUInt16BE(at + 2)).forEach((glyph, i) =>
    into.set(glyph, form === 1 ? (glyph + gsub.readInt16BE(at + 4)) & 0xffff : gsub.readUInt16BE(at + 6 + 2 * i)),
  )
}

function readCoverage(gsub: Buffer, at: number): readonly number[] {
  const count = gsub.readUInt16BE(at + 2)
  if (gsub.readUInt16BE(at) === 1) return range(0, count - 1).map(i => gsub.readUInt16BE(at + 4 + 2 * i))
  return range(0, count - 1).flatMap(i => range(gsub.readUInt16BE(at + 4 + 6 * i), gsub.readUInt16BE(at + 6 + 6 * i)))
}

/** The outline of a glyph, empty where it draws nothing. @param long whether `loca` holds whole offsets: 1, or halves: 0 */
export function readOutlines(glyf: Buffer, loca: Buffer, long: number): (glyph: number) => Buffer {
  const start = (glyph: number): number => (long === 1 ? loca.readUInt32BE(4 * glyph) : 2 * loca.readUInt16BE(2 * glyph))
  return glyph => glyf.subarray(start(glyph), start(glyph + 1))
}

/** The parts of a composite glyph, and where their numbers stand. */
export function componentsOf(outline: Buffer): readonly { readonly at: number; readonly glyph: number }[] {
  if (outline.length === 0 || outline.readInt16BE(0) >= 0) return []
  const parts: { at: number; glyph: number }[] = []
  for (let at = 10, more = true; more;) {
    const flags = outline.readUInt16BE(at)
    parts.push({ at: at + 2, glyph: outline.readUInt16BE(at + 2) })
    at += 4 + (flags & 1 ? 4 : 2) + (flags & 8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0)
    more = (flags & 0x20) !== 0
  }
  return parts
}
