import fs from 'node:fs'
import { createRequire } from 'node:module'
import { range } from './font/range.ts'
import { subsetFont } from './font/subset-font.ts'

const FACES = [
  ['400Regular/Inter_400Regular.ttf', '400'],
  ['600SemiBold/Inter_600SemiBold.ttf', '600 900'],
] as const
const made = new Map<string, string>()

/**
 * The typeface of pages and charts, inside the page, so that both look the same wherever it is opened: Inter, regular and semibold, reduced
 * to printable ASCII, which scripts may write at any time, and to what else stands in this text.
 */
export function typeface(text: string): string {
  const others = [...new Set(text)].map(character => character.codePointAt(0) as number).filter(code => code > 0x7e)
  const characters = [...range(0x20, 0x7e), ...others.sort((a, b) => a - b)]
  const key = characters.join()
  const known = made.get(key)
  if (known !== undefined) return known
  const faces = FACES.map(([file, weight]) => {
    const font = fs.readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${file}`))
    return `@font-face{font-family:Inter;font-weight:${weight};font-display:block;src:url(data:font/ttf;base64,${subsetFont(font, characters).toString('base64')})}`
  }).join('\n')
  made.set(key, faces)
  return faces
}
