import fs from 'node:fs'
import { createRequire } from 'node:module'
import { packedFont } from './font/packed-font.ts'
import { subsetFont } from './font/subset-font.ts'
import type { Letters } from './letters.ts'

const FACES = [
  ['400Regular/Inter_400Regular.ttf', '400', 'regular'],
  ['600SemiBold/Inter_600SemiBold.ttf', '600 900', 'semibold'],
] as const
const made = new Map<string, string>()

/**
 * The typeface of pages and charts, inside the page, so that both look the same wherever it is opened: Inter, regular and semibold, each reduced to the
 * letters that it has to write.
 */
export function typeface(letters: Letters): string {
  return FACES.map(([file, weight, name]) => {
    const characters = [...new Set(letters[name])].map(letter => letter.codePointAt(0) as number).sort((a, b) => a - b)
    return `@font-face{font-family:Inter;font-weight:${weight};font-display:block;src:url(data:font/woff2;base64,${faceOf(file, characters)})}`
  }).join('')
}

function faceOf(file: string, characters: readonly number[]): string {
  const key = `${file} ${characters.join()}`
  const known = made.get(key)
  if (known !== undefined) return known
  const font = fs.readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${file}`))
  const face = packedFont(subsetFont(font, characters)).toString('base64')
  made.set(key, face)
  return face
}
