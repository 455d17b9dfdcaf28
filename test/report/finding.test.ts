import { expect, test } from 'vitest'
import { exportHtml, exportMarkdown, finding } from '../../lib/report/index.ts'
import { findingIn } from '../../lib/report/finding.ts'
import { Markdown } from '../../lib/report/markdown.ts'
import { quoted } from '../../lib/report/quoted.ts'
import { DISPLAY } from '../../lib/schema/index.ts'
import { code, drawing, notebook, provenance, shown } from './notebook.ts'

const text = 'of *all* `code` a_b_c [x](y) <b> cost $5 to $6, ~half~ of it \\\\ more'

test('a sentence means the same wherever it is shown: no sign in it is taken for Markdown', () => {
  const { data } = finding(text, '1*2*3')[DISPLAY]()
  const html = new Markdown().render(data['text/markdown'] as string)
  expect(html).toBe(`<p><strong>1*2*3</strong> ${text.replace('<b>', '&lt;b&gt;')}</p>\n`)
  const twin = exportMarkdown(notebook('# T', code('f', 'f', shown(data))), provenance, 'images').text
  expect(twin.split(data['text/markdown'] as string)).toHaveLength(3)
})

test.each([
  ['text that is a number', { text: 5, value: '1' }],
  ['a value that is an object', { text: 'x', value: { a: 1 } }],
  ['null', null],
])('%s is no finding, and the output is shown as its text', async (_, found) => {
  const data = { 'application/vnd.clvlab.finding+json': found, 'text/plain': 'as text' }
  expect(findingIn(data)).toBeUndefined()
  const page = quoted(await exportHtml(notebook('# T', code('f', 'f', shown(data))), { provenance, drawing }))
  expect(page).toContain('<pre class="result">as text</pre>')
  expect(page).not.toContain('<section class="findings"')
})
