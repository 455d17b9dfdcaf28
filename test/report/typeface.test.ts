import { expect, test } from 'vitest'
import { typeface } from '../../lib/report/typeface.ts'
import { readWoff2 } from './font/read-woff2.ts'

/** How many glyphs each face of the typeface has; one is for what it lacks. */
function glyphs(regular: string, semibold: string): readonly (number | undefined)[] {
  return [...typeface({ regular, semibold }).matchAll(/data:font\/woff2;base64,([^)]*)/g)].map(([, face]) =>
    readWoff2(Buffer.from(face as string, 'base64'))
      .get('maxp')
      ?.bytes.readUInt16BE(4),
  )
}

test('two faces, each with the letters that it has to write', () => {
  expect(glyphs('abc', 'a')).toEqual([4, 2])
  expect(glyphs('λ≈Ж λ', '')).toEqual([5, 1])
})

test('what the font lacks is left to the reader’s own fonts', () => expect(glyphs('a語😀', 'a')).toEqual([2, 2]))

test('the same characters give the same bytes, in whatever order', () =>
  expect(typeface({ regular: 'éß', semibold: 'ab' })).toBe(typeface({ regular: 'ßéß', semibold: 'bab' })))
