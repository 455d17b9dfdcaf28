/** A TrueType file of tables: their directory, padding and check sums. For readers of fonts that know no WOFF2. */
export function ttf(tables: ReadonlyMap<string, Buffer>): Buffer {
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
