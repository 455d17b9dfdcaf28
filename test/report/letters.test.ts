import { expect, test } from 'vitest'
import { ASCII, lettersOf } from '../../lib/report/letters.ts'

const body = `<h2 id="Ä">É</h2><p>ñ <b title="Ö">ß<i>λ</i></b> <a href="#Ü">ö</a></p><table><tr><th>æ</th><td>ø &lt;</td></tr></table>
<details><summary>ç</summary><pre>ж</pre></details><script>я</script>
<svg><title id="t">ш</title><desc id="d">щ</desc><text>å</text></svg><svg><text font-weight="600">é</text></svg><svg font-weight="400"><text>ô</text></svg>`

test('what a page shows, and of it what stands in semibold: neither code nor scripts nor what drawings say to those who do not see them', () => {
  const { regular, semibold } = lettersOf(body)
  expect(Array.from('Éñßλöæø<çåéô').filter(letter => !regular.includes(letter))).toEqual([])
  expect(Array.from('ÄÖÜжяшщ').filter(letter => regular.includes(letter))).toEqual([])
  expect(Array.from('ÄÉñßλöæø<çåéô').filter(letter => semibold.includes(letter))).toEqual(Array.from('Éßλæçé'))
})

test('always what the page’s script and its printed pages write', () => {
  for (const face of Object.values(lettersOf('')))
    expect(Array.from('Hide code Show code 1 of 23').filter(letter => !face.includes(letter))).toEqual([])
})

test('printable ASCII', () => expect(ASCII).toMatch(/^ !"#.*~$/))
