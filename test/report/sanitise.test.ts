import { expect, test } from 'vitest'
import { sanitise } from '../../lib/report/sanitise.ts'
test('what only a style would bring to light is left out: further pages of a table', () => {
  const table =
    '<form method="dialog"><table><tbody><tr><td>1</td></tr></tbody><tbody hidden="hidden"><tr><td>2</td></tr></tbody></table>'
  expect(sanitise(`${table}<p class="pages" hidden="hidden"><label><input type="radio">1–20</label></p><p>note</p></form>`)).toBe(
    '<table><tbody><tr><td>1</td></tr></tbody></table><p>note</p>',
  )
})
