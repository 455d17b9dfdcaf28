import fs from 'node:fs'
import { createRequire } from 'node:module'
import { CHARACTERS, subsetFont } from './font/subset-font.ts'

const FACES = [
  ['400Regular/Inter_400Regular.ttf', '400'],
  ['600SemiBold/Inter_600SemiBold.ttf', '600 900'],
] as const
let made: string | undefined

/** The typeface of pages and charts, inside the page, so that both look the same wherever it is opened: Inter, regular and semibold. */
export function typeface(): string {
  made ??= FACES.map(([file, weight]) => {
    const font = fs.readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${file}`))
    return `@font-face{font-family:Inter;font-weight:${weight};font-display:block;src:url(data:font/ttf;base64,${subsetFont(font, CHARACTERS).toString('base64')})}`
  }).join('\n')
  return made
}
