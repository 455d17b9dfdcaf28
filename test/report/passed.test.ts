import { expect, test } from 'vitest'
import { check } from '../../lib/notebook/index.ts'
import { exportHtml, exportMarkdown } from '../../lib/report/index.ts'
import { quoted } from '../../lib/report/quoted.ts'
import { DISPLAY } from '../../lib/schema/index.ts'
import { code, drawing, notebook, provenance, shown } from './notebook.ts'

test('a check that holds is one quiet line, its code folded beneath; in the twin it is a line of text', async () => {
  const { data, metadata } = check('the *share*', () => true, 'hint')[DISPLAY]()
  for (const said of [metadata ?? {}, {}]) {
    const ran = notebook('# T', code('a', `check('the *share*', () => true, 'hint')`, shown({ ...data }, { ...said })))
    const page = quoted(await exportHtml(ran, { provenance, drawing }))
    const cell = /<section class="cell" id="cell-a">([\s\S]*?)<\/section>/.exec(page)?.[1]
    expect(cell).toMatch(/^<details class="code"><summary>✓ Checked: the \*share\*<\/summary><pre[^>]*>.*<\/pre><\/details>$/)
    expect(exportMarkdown(ran, provenance, 'i').text).toContain('\n\n✓ Checked: the \\*share\\*\n\n')
  }
})

test('a check whose code is hidden, or that shows more, is told all the same', async () => {
  const checked = shown({ 'text/plain': '✓ x' })
  const hidden = { ...code('a', 'check()', checked), metadata: { tags: ['hide-input'] } }
  for (const cell of [hidden, code('b', 'check()', checked, shown({ 'text/plain': 'more' }))])
    expect(quoted(await exportHtml(notebook('# T', cell), { provenance, drawing }))).toContain(
      '<p class="quiet">✓ Checked: x</p>',
    )
})
