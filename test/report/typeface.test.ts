import { expect, test } from 'vitest'
import { tablesOf } from '../../lib/report/font/read-font.ts'
import { typeface } from '../../lib/report/typeface.ts'

/** How many glyphs each face of the typeface has. */
function glyphs(text: string): readonly number[] {
  return [...typeface(text).matchAll(/base64,([^)]*)/g)].map(
    ([, face]) =>
      tablesOf(Buffer.from(face as string, 'base64'))
        .get('maxp')
        ?.readUInt16BE(4) ?? 0,
  )
}

test('two faces, with ASCII always, for scripts may write it, and of the rest what the text holds', () => {
  const [plain, semibold] = glyphs('')
  expect(plain).toBeGreaterThanOrEqual(96)
  expect(semibold).toBe(plain)
  expect(glyphs('λ≈Ж λ')).toEqual([(plain as number) + 3, (plain as number) + 3])
})

test('what the font lacks is left to the reader’s own fonts', () => expect(typeface('語😀')).toBe(typeface('')))

test('the same characters give the same bytes, in whatever order', () => expect(typeface('éß')).toBe(typeface('ßéß')))
