import { brotliCompressSync, constants } from 'node:zlib'

/** A table as it stands in the file, and how long it is once it is read. */
export interface PackedTable {
  readonly bytes: Buffer
  /** Where the format packs it in a form of its own: how long the table is then. */
  readonly unpacked?: number
}

/** The order by which the format numbers the tables that are often there. */
const KNOWN = 'cmap,head,hhea,hmtx,maxp,name,OS/2,post,cvt ,fpgm,glyf,loca,prep,CFF ,VORG,EBDT,EBLC,gasp'.split(',')

/**
 * A font of TrueType outlines as WOFF2: its tables one after the other, compressed together. Source: WOFF File Format 2.0 (W3C 2022), section 4.
 *
 * @param tables by name, each among those that the format numbers; `loca` right after `glyf`
 */
export function woff2(tables: ReadonlyMap<string, PackedTable>): Buffer {
  const directory: number[] = []
  let whole = 12 + 16 * tables.size
  for (const [name, { bytes, unpacked }] of tables) {
    const own = name === 'glyf' || name === 'loca'
    // for outlines 0 is the packed form and 3 the plain one, for others 1 and 0
    const version = unpacked === undefined ? (own ? 3 : 0) : own ? 0 : 1
    directory.push(KNOWN.indexOf(name) | (version << 6), ...base128(unpacked ?? bytes.length))
    if (unpacked !== undefined) directory.push(...base128(bytes.length))
    whole += Math.ceil((unpacked ?? bytes.length) / 4) * 4
  }
  const stream = Buffer.concat([...tables.values()].map(({ bytes }) => bytes))
  const compressed = brotliCompressSync(stream, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_FONT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: stream.length,
    },
  })
  const head = Buffer.alloc(48)
  const length = Math.ceil((48 + directory.length + compressed.length) / 4) * 4
  head.write('wOF2', 0, 'latin1')
  head.writeUInt32BE(0x00010000, 4)
  head.writeUInt32BE(length, 8)
  head.writeUInt16BE(tables.size, 12)
  head.writeUInt32BE(whole, 16)
  head.writeUInt32BE(compressed.length, 20)
  return Buffer.concat([head, Buffer.from(directory), compressed], length)
}

/** A number in as few bytes as hold it, seven bits each: `UIntBase128`. */
function base128(value: number): readonly number[] {
  const bytes = [value & 0x7f]
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift(0x80 | (rest & 0x7f))
  return bytes
}
