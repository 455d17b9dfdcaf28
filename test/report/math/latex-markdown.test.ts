import { expect, test } from 'vitest'
import { exportHtml, exportMarkdown } from '../../../lib/report/index.ts'
import { quoted } from '../../../lib/report/quoted.ts'
import { latexMarkdown } from '../../../lib/report/math/latex-markdown.ts'
import { code, drawing, notebook, pngOf, provenance, shown } from '../notebook.ts'

test.each([
  ['dollars', '$\\displaystyle x$', '$$\n\\displaystyle x\n$$'],
  ['two dollars', '$$x$$', '$$\nx\n$$'],
  ['brackets', '\\[x\\]', '$$\nx\n$$'],
  ['an environment', '\\begin{align}\nx\n\n&= y\n\\end{align}', '$$\n\\begin{align}\nx\n&= y\n\\end{align}\n$$'],
  ['text with formulas in it', 'so $x$ is $y$', 'so $x$ is $y$'],
  ['text between two', '$x$ is $y$', '$x$ is $y$'],
])('%s', (_, latex, markdown) => expect(latexMarkdown(latex)).toBe(markdown))

test('an output in LaTeX is a formula in the report and its twin, not a figure nor text', async () => {
  const output = { 'image/png': pngOf('x').toString('base64'), 'text/latex': '$x^2$', 'text/plain': 'x**2' }
  const ran = notebook('# T', code('a', 'x', shown(output)))
  const page = quoted(await exportHtml(ran, { provenance, drawing }))
  expect(page).toContain('<math alttext="x^2" display="block">')
  expect(page).not.toMatch(/Figure 1|x\*\*2/)
  expect(exportMarkdown(ran, provenance, 'i').text).toContain('$$\nx^2\n$$')
})

test('the twin keeps formulas as they are written', () => {
  expect(exportMarkdown(notebook('# T\n\nso $x_1$ is\n\n$$\ny\n$$'), provenance, 'i').text).toContain('so $x_1$ is\n\n$$\ny\n$$')
})
