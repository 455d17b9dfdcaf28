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

/** A font of tables: their directory, padding and check sums. */
export function fontOf(tables: ReadonlyMap<string, Buffer>): Buffer {
  const names = [...tables.keys()].sort()
  const directory = Buffer.alloc(12 + 16 * names.length)
  const power = 2 ** Math.floor(Math.log2(names.length))
  directory.writeUInt32BE(0x00010000, 0)
  ;[names.length, 16 * power, Math.log2(power), 16 * (names.length - power)].forEach((word, i) =>
    directory.writeUInt16BE(word, 4 + 2 * i),
  )
  const parts: Buffer[] = [directory]
  let at = directory.length
  names.forEach((name, i) => {
    const table = tables.get(name) as Buffer
    const padded = paddedToWords(table)
    directory.write(name, 12 + 16 * i, 'latin1')
    ;[sumOf(padded), at, table.length].forEach((word, j) => directory.writeUInt32BE(word, 16 + 16 * i + 4 * j))
    parts.push(padded)
    at += padded.length
  })
  const font = Buffer.concat(parts)
  const head = font.readUInt32BE(12 + 16 * names.indexOf('head') + 8)
  font.writeUInt32BE((0xb1b0afba - sumOf(font)) >>> 0, head + 8)
  return font
}

/** The check sum of the table directory: big-endian words, added. */
function sumOf(bytes: Buffer): number {
  let sum = 0
  for (let i = 0; i < bytes.length; i += 4) sum = (sum + bytes.readUInt32BE(i)) >>> 0
  return sum
}

const paddedToWords = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
