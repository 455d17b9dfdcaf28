import fs from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { readOutline } from '../../../lib/report/font/outline.ts'
import { packedFont } from '../../../lib/report/font/packed-font.ts'
import { range } from '../../../lib/report/font/range.ts'
import { componentsOf, readOutlines } from '../../../lib/report/font/read-font.ts'
import { subsetFont } from '../../../lib/report/font/subset-font.ts'
import { readGlyphs, readWoff2 } from './read-woff2.ts'
import { ttf } from './ttf.ts'

const whole = fs.readFileSync(
  createRequire(import.meta.url).resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
)
const tables = subsetFont(whole, [...range(0x20, 0x7e), ...range(0xa0, 0x17f), 0x3bb, 0x2026, 0x2212])
const of = (name: string): Buffer => tables.get(name) as Buffer
const bytes = packedFont(tables)
const packed = readWoff2(bytes)
const outlineAt = readOutlines(of('glyf'), of('loca'), 1)
const glyphs = range(0, of('maxp').readUInt16BE(4) - 1).map(outlineAt)

describe('a font as WOFF2', () => {
  test('is less than two thirds as long', () => expect(bytes.length).toBeLessThan((ttf(tables).length * 2) / 3))

  test('has every table; those that are not packed byte for byte', () => {
    expect([...packed.keys()].sort()).toEqual([...tables.keys()].sort())
    for (const name of ['cmap', 'hhea', 'maxp', 'OS/2', 'post', 'name', 'gasp', 'prep'])
      expect(packed.get(name)?.bytes.equals(of(name)), name).toBe(true)
    expect([...packed.keys()].indexOf('loca')).toBe([...packed.keys()].indexOf('glyf') + 1)
  })

  test('draws every glyph with the same points', () => {
    const read = readGlyphs((packed.get('glyf') as { readonly bytes: Buffer }).bytes)
    expect(read).toHaveLength(glyphs.length)
    expect(glyphs.filter(glyph => componentsOf(glyph).length > 0).length).toBeGreaterThan(10)
    glyphs.forEach((glyph, i) => {
      const own = glyph.length === 0 ? [] : componentsOf(glyph).length > 0 ? undefined : readOutline(glyph).contours
      expect(read[i]).toEqual(own)
    })
  })

  test('knows where each glyph begins and how far it reaches', () => {
    const { version, bytes: advances } = packed.get('hmtx') as { readonly version: number; readonly bytes: Buffer }
    expect([version, advances[0]]).toEqual([1, 3])
    glyphs.forEach((glyph, i) => {
      expect(advances.readUInt16BE(1 + 2 * i)).toBe(of('hmtx').readUInt16BE(4 * i))
      expect(of('hmtx').readInt16BE(4 * i + 2)).toBe(glyph.length === 0 ? 0 : glyph.readInt16BE(2))
    })
  })

  test('keeps bearings that do not follow from the outlines', () => {
    const moved = Buffer.from(of('hmtx'))
    moved.writeInt16BE(moved.readInt16BE(6) + 1, 6)
    expect(
      readWoff2(packedFont(new Map([...tables, ['hmtx', moved]])))
        .get('hmtx')
        ?.bytes.equals(moved),
    ).toBe(true)
  })

  test('is the same each time', () => expect(packedFont(tables).equals(bytes)).toBe(true))
})
