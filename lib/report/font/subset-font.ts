import { componentsOf, readCmap, readOutlines, readTabular, tablesOf } from './read-font.ts'
import { cmapOf, glyphTables, metricsOf, namesOf } from './write-font.ts'

/**
 * The tables of a TrueType font, reduced to some characters, its digits of one width: small enough to travel inside a page. Kerning and ligatures are
 * left behind, and of its names all but what it is called, whose it is and by which licence. Source: the OpenType specification, chapters on `glyf`, `cmap` (format 4), `GSUB` (single substitution), and the table directory.
 */
export function subsetFont(font: Buffer, characters: readonly number[]): ReadonlyMap<string, Buffer> {
  const tables = tablesOf(font)
  const of = (name: string): Buffer => tables.get(name) ?? Buffer.alloc(0)
  const glyphAt = readCmap(of('cmap'))
  const tabular = readTabular(of('GSUB'))
  const wanted = new Map(
    characters.flatMap(character => {
      const glyph = glyphAt(character)
      return glyph === 0
        ? []
        : [[character, character >= 0x30 && character <= 0x39 ? (tabular.get(glyph) ?? glyph) : glyph] as const]
    }),
  )
  const outlines = readOutlines(of('glyf'), of('loca'), of('head').readInt16BE(50))
  const order = [0]
  const add = (glyph: number): void => {
    if (order.includes(glyph)) return
    order.push(glyph)
    componentsOf(outlines(glyph)).forEach(({ glyph: part }) => {
      add(part)
    })
  }
  wanted.forEach(add)
  const numbers = new Map(order.map((glyph, i) => [glyph, i]))
  return new Map([
    ...['OS/2', 'gasp', 'prep'].filter(name => tables.has(name)).map(name => [name, of(name)] as const),
    ['name', namesOf(of('name'))],
    ['cmap', cmapOf(new Map([...wanted].map(([character, glyph]) => [character, numbers.get(glyph) as number])))],
    [
      'head',
      patched(of('head'), head => {
        head.writeUInt32BE(0, 8)
        head.writeInt16BE(1, 50)
      }),
    ],
    ['hhea', patched(of('hhea'), hhea => hhea.writeUInt16BE(order.length, 34))],
    ['maxp', patched(of('maxp'), maxp => maxp.writeUInt16BE(order.length, 4))],
    ['post', patched(of('post').subarray(0, 32), post => post.writeUInt32BE(0x00030000, 0))],
    ['hmtx', metricsOf(of('hmtx'), of('hhea').readUInt16BE(34), order)],
    ...glyphTables(order.map(glyph => renumbered(outlines(glyph), numbers))),
  ])
}

function patched(table: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(table)
  change(copy)
  return copy
}

function renumbered(outline: Buffer, numbers: ReadonlyMap<number, number>): Buffer {
  return patched(outline, copy =>
    componentsOf(outline).forEach(({ at, glyph }) => copy.writeUInt16BE(numbers.get(glyph) as number, at)),
  )
}
