import { range } from './range.ts'

/** `glyf` and `loca` of outlines in order. */
export function glyphTables(outlines: readonly Buffer[]): readonly (readonly [string, Buffer])[] {
  const loca = Buffer.alloc(4 * (outlines.length + 1))
  const padded = outlines.map(paddedToWords)
  let at = 0
  padded.forEach((outline, i) => {
    at += outline.length
    loca.writeUInt32BE(at, 4 * (i + 1))
  })
  return [
    ['loca', loca],
    ['glyf', Buffer.concat(padded)],
  ]
}

/** Advance and left bearing of each glyph; those past the last advance share it. */
export function metricsOf(hmtx: Buffer, advances: number, glyphs: readonly number[]): Buffer {
  return Buffer.concat(
    glyphs.map(glyph => {
      if (glyph < advances) return hmtx.subarray(4 * glyph, 4 * glyph + 4)
      return Buffer.concat([
        hmtx.subarray(4 * (advances - 1), 4 * (advances - 1) + 2),
        hmtx.subarray(4 * advances + 2 * (glyph - advances), 4 * advances + 2 * (glyph - advances) + 2),
      ])
    }),
  )
}

/** What a font is called, whose it is, and the licence that lets it travel. */
const KEPT = new Set([0, 1, 2, 4, 6, 13, 14])

export function namesOf(name: Buffer): Buffer {
  const [count, strings] = [name.readUInt16BE(2), name.readUInt16BE(4)]
  const records = range(0, count - 1)
    .map(i => name.subarray(6 + 12 * i, 18 + 12 * i))
    .filter(record => KEPT.has(record.readUInt16BE(6)))
  const head = Buffer.alloc(6 + 12 * records.length)
  head.writeUInt16BE(records.length, 2)
  head.writeUInt16BE(head.length, 4)
  let at = 0
  const texts = records.map((record, i) => {
    const start = strings + record.readUInt16BE(10)
    const text = name.subarray(start, start + record.readUInt16BE(8))
    record.copy(head, 6 + 12 * i)
    head.writeUInt16BE(at, 16 + 12 * i)
    at += text.length
    return text
  })
  return Buffer.concat([head, ...texts])
}

/** Format 4 with one segment for each run of characters whose glyphs follow each other. */
export function cmapOf(glyphs: ReadonlyMap<number, number>): Buffer {
  const segments: { start: number; end: number; glyph: number }[] = []
  for (const [character, glyph] of [...glyphs].sort(([a], [b]) => a - b)) {
    const last = segments.at(-1)
    if (last !== undefined && last.end === character - 1 && last.glyph + character - last.start === glyph) last.end = character
    else segments.push({ start: character, end: character, glyph })
  }
  segments.push({ start: 0xffff, end: 0xffff, glyph: 0 })
  const n = segments.length
  const power = 2 ** Math.floor(Math.log2(n))
  const words = [
    4,
    16 + 8 * n,
    0,
    2 * n,
    2 * power,
    Math.log2(power),
    2 * (n - power),
    ...segments.map(each => each.end),
    0,
    ...segments.map(each => each.start),
    ...segments.map(each => (each.glyph - each.start) & 0xffff),
    ...segments.map(() => 0),
  ]
  const table = Buffer.alloc(12 + 2 * words.length)
  ;[0, 1, 3, 1, 0, 12].forEach((word, i) => table.writeUInt16BE(word, 2 * i))
  words.forEach((word, i) => table.writeUInt16BE(word, 12 + 2 * i))
  return table
}

const paddedToWords = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
