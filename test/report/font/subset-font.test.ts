import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { afterAll, describe, expect, test } from 'vitest'
import { range } from '../../../lib/report/font/range.ts'
import { subsetFont } from '../../../lib/report/font/subset-font.ts'
import { tablesOf } from '../../../lib/report/font/read-font.ts'
import { ttf } from './ttf.ts'

/** Latin with accents, the signs of money and arithmetic, the Greek of the models. */
const CHARACTERS = [
  ...range(0x20, 0x7e),
  ...range(0xa0, 0xff),
  ...Array.from('–—‘’“”„…•−≈≠≤≥→€αβγδλμρστφ', character => character.codePointAt(0) as number),
]
const whole = createRequire(import.meta.url).resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf')
const bytes = ttf(subsetFont(fs.readFileSync(whole), CHARACTERS))
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-font-'))
const small = path.join(folder, 'small.ttf')
fs.writeFileSync(small, bytes)
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

const drawn = (text: string, file: string): Resvg =>
  new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="60"><text x="10" y="40" font-family="Inter" font-size="32">${text}</text></svg>`,
    { font: { loadSystemFonts: false, fontFiles: [file] } },
  )
const pixels = (text: string, file: string): string => Buffer.from(drawn(text, file).render().pixels).toString('base64')
const blank = pixels(' ', whole)

test.each(['A', 'g', '&amp;', 'é', 'Ä', 'ç', '£', '€', '−', '×', '≈', '“', 'λ', 'ß'])(
  '%s is drawn as the whole font draws it',
  character => {
    expect(pixels(character, small)).toBe(pixels(character, whole))
    expect(pixels(character, small)).not.toBe(blank)
  },
)

describe('digits', () => {
  const width = (text: string, file: string): number => drawn(`${text}|`, file).getBBox()?.width ?? 0

  test('have one width, which in the whole font they have not', () => {
    expect(new Set('0123456789'.split('').map(digit => width(`|${digit}`, small).toFixed(3))).size).toBe(1)
    expect(new Set('0123456789'.split('').map(digit => width(`|${digit}`, whole).toFixed(3))).size).toBeGreaterThan(1)
  })
})

test('what was not asked for is not there', () => {
  const one = path.join(folder, 'one.ttf')
  fs.writeFileSync(one, ttf(subsetFont(fs.readFileSync(whole), [0x41])))
  expect(pixels('A', one)).toBe(pixels('A', whole))
  expect(pixels('B', one)).not.toBe(pixels('B', whole))
  expect(tablesOf(fs.readFileSync(one)).get('maxp')?.readUInt16BE(4)).toBe(2)
})

test('a character that the font lacks is left out', () => {
  expect(ttf(subsetFont(fs.readFileSync(whole), [0x41, 0xe000 + 0x1fff])).length).toBe(
    ttf(subsetFont(fs.readFileSync(whole), [0x41])).length,
  )
})

test('the font is small, its check sum the one that the format asks for, and the same each time', () => {
  let sum = 0
  for (let i = 0; i < bytes.length; i += 4) sum = (sum + bytes.readUInt32BE(i)) >>> 0
  expect(sum).toBe(0xb1b0afba)
  expect(bytes.length).toBeLessThan(24_000)
  expect(ttf(subsetFont(fs.readFileSync(whole), CHARACTERS)).equals(bytes)).toBe(true)
})

test('it still says what it is called, whose it is and by which licence', () => {
  const names = (tablesOf(bytes).get('name') ?? Buffer.alloc(0)).toString('latin1').replaceAll('\0', '')
  expect(names).toContain('Copyright 2016 The Inter Project Authors')
  expect(names).toContain('SIL Open Font License')
  expect(names).not.toContain('Single-story')
})
