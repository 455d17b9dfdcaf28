import { packedGlyphs } from './packed-glyphs.ts'
import { range } from './range.ts'
import { readOutlines } from './read-font.ts'
import { woff2, type PackedTable } from './woff2.ts'

/** A TrueType font as WOFF2, about three fifths as long, from its tables with whole offsets in `loca` and an advance for every glyph. */
export function packedFont(tables: ReadonlyMap<string, Buffer>): Buffer {
  const of = (name: string): Buffer => tables.get(name) as Buffer
  const outlineAt = readOutlines(of('glyf'), of('loca'), 1)
  const outlines = range(0, of('maxp').readUInt16BE(4) - 1).map(outlineAt)
  const packed = new Map<string, PackedTable>()
  const names = [...tables.keys()].sort().filter(name => name !== 'loca')
  for (const name of names.flatMap(each => (each === 'glyf' ? ['glyf', 'loca'] : [each]))) {
    const table = of(name)
    if (name === 'glyf') packed.set(name, { bytes: packedGlyphs(outlines), unpacked: table.length })
    else if (name === 'loca') packed.set(name, { bytes: Buffer.alloc(0), unpacked: table.length })
    else if (name === 'hmtx' && bearingsFollow(table, outlines))
      packed.set(name, { bytes: advancesOf(table), unpacked: table.length })
    else packed.set(name, { bytes: name === 'head' ? marked(table) : table })
  }
  return woff2(packed)
}

/** Whether every glyph begins where its box does. */
function bearingsFollow(hmtx: Buffer, outlines: readonly Buffer[]): boolean {
  return outlines.every((outline, i) => hmtx.readInt16BE(4 * i + 2) === (outline.length === 0 ? 0 : outline.readInt16BE(2)))
}

/** Advances alone; a first byte says that both kinds of bearings are left out. */
function advancesOf(hmtx: Buffer): Buffer {
  return Buffer.concat([Buffer.of(3), ...range(0, hmtx.length / 4 - 1).map(i => hmtx.subarray(4 * i, 4 * i + 2))])
}

/** The format wants a font marked as one that was packed and looks the same. */
function marked(head: Buffer): Buffer {
  const copy = Buffer.from(head)
  copy.writeUInt16BE(copy.readUInt16BE(16) | 0x0800, 16)
  return copy
}
