import { expect, test } from 'vitest'
import { highlight } from '../../lib/report/highlight.ts'
import { unescapeHtml } from '../../lib/report/escape.ts'

test.each([
  [`const x = 'a'`, '<b>const</b> x = <q>&#39;a&#39;</q>'],
  ['export async function f() {}', '<b>export async function</b> f() {}'],
  ['new Map<string, 1>() // a\n// b', '<b>new</b> <u>Map</u>&lt;string, <i>1</i>&gt;() <em>// a\n// b</em>'],
  ['A.B, 1, 2', '<u>A</u>.<u>B</u>, <i>1</i>, <i>2</i>'],
  ['', ''],
  ['plain', 'plain'],
])('%s', (code, html) => expect(highlight(code)).toBe(html))

test('the code stays what it was', () => {
  const code = "import { a } from '@b/c' /* d */\nconst e = `f ${g} <h>` // i && 'j'\n\n  return await K.l(1e-3)"
  expect(unescapeHtml(highlight(code).replaceAll(/<[^>]*>/g, ''))).toBe(code)
})
