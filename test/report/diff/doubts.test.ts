import { expect, test } from 'vitest'
import { doubtsOf } from '../../../lib/report/diff/doubts.ts'
import { exportHtml, finding, recordOf } from '../../../lib/report/index.ts'
import { COMPARISON_MIME, DISPLAY } from '../../../lib/schema/index.ts'
import { quoted } from '../../../lib/report/quoted.ts'
import { code, drawing, notebook, provenance, shown } from '../notebook.ts'
import { score } from './runs.ts'

const table =
  '<table><tbody><tr><th scope="row">Model M</th><td><strong>* 0.754</strong><small>0.7 … 0.8</small></td><td>−0.025</td></tr></tbody></table>'
const compared = {
  digest: 'd',
  split: '10 customers',
  scores: [score({ value: 0.7541 }), score({ measure: 'r2', value: -0.0249 }), score({ title: 'Not in a table' })],
}
const study = notebook(
  '# A *study*',
  code('c', 'comparison', shown({ 'text/html': table, 'text/plain': 'table', [COMPARISON_MIME]: compared })),
  code('f', 'finding', shown({ ...finding('is the Gini & the best', '0.754')[DISPLAY]().data })),
  code('g', 'finding', shown({ ...finding('it holds')[DISPLAY]().data })),
)
const record = recordOf(study, provenance)
const page = quoted(await exportHtml(study, { provenance, drawing }))

test('a page as it was exported bears its record out', () => {
  expect(doubtsOf(page, record)).toEqual([])
})

test.each([
  ['a number of a finding', '<b>0.754</b>', '<b>0.854</b>', /findings on the page are not those/],
  ['a word of a finding', 'it holds', 'it does not hold', /findings on the page are not those/],
  ['a finding that is put in', '<ul><li>', '<ul><li>buy our product</li><li>', /findings on the page are not those/],
  ['the sign of a score', '−0.025', '0.025', /do not hold what its record says of Model M;/],
  ['a score in a table', '* 0.754', '* 0.854', /do not hold what its record says of Model M;/],
])('%s that was changed by hand is told', (_, was, is, doubt) => {
  expect(page).toContain(was)
  expect(doubtsOf(page.replace(was, is), record)).toEqual([expect.stringMatching(doubt)])
})
