import { expect, test } from 'vitest'
import { quoted } from '../../lib/report/quoted.ts'
import { contentOf, exportHtml } from '../../lib/report/index.ts'
import { code, drawing, notebook, provenance, shown, pngOf } from './notebook.ts'

const dots = pngOf('dots').toString('base64')

const html = async (...cells: Parameters<typeof notebook>[1][]): Promise<string> =>
  quoted(
    await exportHtml(notebook('# A title\n\n## First part\n\nWords.\n\n### Detail\n\n## First part', ...cells), {
      provenance,
      drawing,
    }),
  )

test('contents list the parts in order, each with a place of its own, and lead to the provenance', async () => {
  const page = await html()
  const nav = /<nav class="contents"[\s\S]*?<\/nav>/.exec(page)?.[0] ?? ''
  expect([...nav.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)).toEqual([
    'first-part',
    'detail',
    'first-part-2',
    'provenance',
  ])
  for (const [, id] of nav.matchAll(/href="#([^"]+)"/g)) expect(page.match(new RegExp(` id="${id}"`, 'g'))).toHaveLength(1)
})

test('code is folded, named by what it is and how long', async () => {
  const page = await html(
    code('a', 'const x = 1\nx'),
    { ...code('p', 'const seed = 1'), metadata: { tags: ['parameters'] } },
    { ...code('i', 'const seed = 2'), metadata: { tags: ['injected-parameters'] } },
  )
  expect(page).toContain('<details class="code"><summary>Code: x, 2 lines</summary>')
  expect(page).toContain('<summary>Parameters, 1 line</summary>')
  expect(page).toContain('<summary>Parameters of this run, 1 line</summary>')
  expect(page).not.toContain('<details class="code" open')
})

test('a cell that hides its input shows its output alone', async () => {
  const page = await html({ ...code('a', 'secret()', shown({ 'text/plain': 'result' })), metadata: { tags: ['hide-input'] } })
  expect(page).not.toContain('secret()')
  expect(page).toContain('<pre class="result">result</pre>')
})

test('figures without words of ours take them from the chart, and pictures without a chart are figures', () => {
  const { figures } = contentOf(
    notebook(
      '# T',
      code(
        'a',
        '1',
        shown({ 'application/vnd.vegalite.v5+json': { title: 'Own', description: 'seen' } }),
        shown({ 'image/png': `${dots.slice(0, 4)}\n${dots.slice(4)}` }, { 'image/png': { alt: 'dots' } }),
      ),
    ),
  )
  expect([...figures.values()]).toMatchObject([
    { number: 1, cell: 'a', title: 'Own', alt: 'seen' },
    { number: 2, title: '', alt: 'dots', png: dots },
  ])
})

test('the first cell that failed is the failure, whatever failed after it', () => {
  const error = (ename: string) => ({ output_type: 'error', ename, evalue: 'why', traceback: [] }) as const
  expect(contentOf(notebook('# T', code('a', '1', error('A')), code('b', '2', error('B')))).failure).toEqual({
    cell: 'a',
    name: 'A',
    message: 'why',
  })
})

test('a notebook without a heading is a report', () => expect(contentOf(notebook('Words')).title).toBe('Report'))
