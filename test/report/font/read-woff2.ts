import { brotliDecompressSync } from 'node:zlib'
import type { Point } from '../../../lib/report/font/outline.ts'

const KNOWN = 'cmap,head,hhea,hmtx,maxp,name,OS/2,post,cvt ,fpgm,glyf,loca,prep,CFF ,VORG,EBDT,EBLC,gasp'.split(',')

export interface Woff2Table {
  readonly version: number
  readonly unpacked: number
  readonly bytes: Buffer
}

/** The tables of a WOFF2 file, packed as they are. */
export function readWoff2(font: Buffer): ReadonlyMap<string, Woff2Table> {
  if (font.toString('latin1', 0, 4) !== 'wOF2' || font.readUInt32BE(8) !== font.length) throw new Error('no WOFF2')
  let at = 48
  const number = (): number => {
    for (let value = 0; ;) {
      const byte = font.readUInt8(at++)
      value = value * 128 + (byte & 127)
      if (byte < 128) return value
    }
  }
  const entries = Array.from({ length: font.readUInt16BE(12) }, () => {
    const flags = font.readUInt8(at++)
    const [name, version, unpacked] = [KNOWN[flags & 63] as string, flags >> 6, number()]
    const plain = name === 'glyf' || name === 'loca' ? version === 3 : version === 0
    return { name, version, unpacked, length: plain ? unpacked : number() }
  })
  const stream = brotliDecompressSync(font.subarray(at, at + font.readUInt32BE(20)))
  let from = 0
  return new Map(
    entries.map(({ name, version, unpacked, length }) => {
      from += length
      return [name, { version, unpacked, bytes: stream.subarray(from - length, from) }]
    }),
  )
}

/** The contours of each glyph of a packed `glyf`; undefined of a composite one. By the table of the recommendation, row by row. */
export function readGlyphs(glyf: Buffer): readonly (readonly (readonly Point[])[] | undefined)[] {
  const count = glyf.readUInt16BE(4)
  let end = 36
  const [contours, lengths, flags, places] = Array.from({ length: 7 }, (_, i) => {
    end += glyf.readUInt32BE(8 + 4 * i)
    return glyf.subarray(end - glyf.readUInt32BE(8 + 4 * i), end)
  }) as [Buffer, Buffer, Buffer, Buffer]
  let [length, flag, place] = [0, 0, 0]
  const short = (from: () => number): number => {
    const code = from()
    return code === 253 ? from() * 256 + from() : code === 254 ? from() + 506 : code === 255 ? from() + 253 : code
  }
  const point = (): Point => {
    const code = flags.readUInt8(flag++)
    const row = ROWS[code & 127] as Row
    let bits = 0n
    for (let i = 0; i < Math.ceil((row.x + row.y) / 8); i++) bits = bits * 256n + BigInt(places.readUInt8(place++))
    const x = Number(bits >> BigInt(row.y)) + row.addX
    const y = Number(bits & ((1n << BigInt(row.y)) - 1n)) + row.addY
    return { on: code < 128, dx: row.signX * x, dy: row.signY * y }
  }
  return Array.from({ length: count }, (_, i) => {
    const own = contours.readInt16BE(2 * i)
    if (own < 0) return undefined
    const sizes = Array.from({ length: own }, () => short(() => lengths.readUInt8(length++)))
    const read = sizes.map(size => Array.from({ length: size }, point))
    if (own > 0 && short(() => places.readUInt8(place++)) !== 0) throw new Error('hints')
    return read
  })
}

interface Row {
  readonly x: number
  readonly y: number
  readonly addX: number
  readonly addY: number
  readonly signX: number
  readonly signY: number
}

const row = (x: number, y: number, addX: number, addY: number, signX: number, signY: number): Row => ({
  x,
  y,
  addX,
  addY,
  signX,
  signY,
})
const SIGNS = [
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
] as const
/** Table 2 of the recommendation: bits of x and y, what is added to them, their signs. */
const ROWS: readonly Row[] = [
  ...[0, 256, 512, 768, 1024].flatMap(add => [row(0, 8, 0, add, 1, -1), row(0, 8, 0, add, 1, 1)]),
  ...[0, 256, 512, 768, 1024].flatMap(add => [row(8, 0, add, 0, -1, 1), row(8, 0, add, 0, 1, 1)]),
  ...[1, 17, 33, 49].flatMap(x => [1, 17, 33, 49].flatMap(y => SIGNS.map(([a, b]) => row(4, 4, x, y, a, b)))),
  ...[1, 257, 513].flatMap(x => [1, 257, 513].flatMap(y => SIGNS.map(([a, b]) => row(8, 8, x, y, a, b)))),
  ...SIGNS.map(([a, b]) => row(12, 12, 0, 0, a, b)),
  ...SIGNS.map(([a, b]) => row(16, 16, 0, 0, a, b)),
]
