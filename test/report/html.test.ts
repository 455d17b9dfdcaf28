import { describe, expect, test } from 'vitest'
import { exportHtml, exportMarkdown, finding, note, sanitise, withoutRun } from '../../lib/report/index.ts'
import { DISPLAY } from '../../lib/schema/index.ts'
import { code, drawing, notebook, provenance, shown } from './notebook.ts'

const PAYLOADS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)></svg>',
  '<a href="javascript:alert(1)">x</a>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<td style="background:url(javascript:alert(1))" onclick=alert(1)>x</td>',
  '</script><script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</script>',
  '<!--><script>alert(1)</script-->',
  '<math><mtext><script>alert(1)</script></mtext></math>',
]
const LIVE =
  /^<(?:script(?! type="application\/json" id="record")|iframe|img|math|object|embed|svg(?! role="img"))|\son\w+\s*=|(?:href|src)\s*=\s*["']?\s*javascript:/i

/** The elements of a page that could do something: text that only looks like one is escaped and does not count. */
const liveTags = (page: string): readonly string[] => (page.match(/<[a-z][^<>]*>/gi) ?? []).filter(tag => LIVE.test(tag))

async function html(...cells: Parameters<typeof notebook>[1][]): Promise<string> {
  const page = await exportHtml(notebook('# A title\n\n## A part', ...cells), { provenance, drawing })
  return page.slice(page.indexOf('<body>'))
}

test('the check itself finds what is alive', () => {
  expect(PAYLOADS.filter(payload => liveTags(payload).length === 0)).toEqual([])
})

describe('payloads stay inert', () => {
  test.each(PAYLOADS)('%s', async payload => {
    for (const data of [{ 'text/html': payload }, { 'text/markdown': payload }, { 'text/plain': payload }]) {
      expect(
        liveTags(await html(code('a', payload, shown(data), { output_type: 'stream', name: 'stdout', text: payload }))),
      ).toEqual([])
    }
    expect(liveTags(sanitise(payload))).toEqual([])
  })
})

test('a page asks the network for nothing and allows only scripts of a known digest', async () => {
  const page = await exportHtml(notebook('# T'), { provenance, drawing })
  expect(page).toContain(`default-src 'none'`)
  expect(page).not.toContain('unsafe-eval')
  expect(page).not.toMatch(/(?:src|href)="https?:/)
  expect(page.length).toBeLessThan(100_000)
})

test('findings come first and link to their cells', async () => {
  const { data } = finding('of customers stay', '70%')[DISPLAY]()
  const page = await html(code('cell-7', '1', shown({ ...data })))
  expect(page.indexOf('id="findings"')).toBeLessThan(page.indexOf('id="cell-cell-7"'))
  expect(page).toContain('<a href="#cell-cell-7"><b>70%</b> of customers stay</a>')
})

test('figures are numbered and carry their captions', async () => {
  const chart = (title: string) =>
    shown(
      { 'application/vnd.vegalite.v5+json': { mark: 'bar' }, 'image/png': 'AAAA' },
      { clvlab: { title, caption: 'How to read it.', alt: 'bars' } },
    )
  const page = await html(code('a', '1', chart('First')), code('b', '2', chart('Second')))
  expect(page).toMatch(/Figure 2\.<\/a> <b>Second\.<\/b> How to read it\./)
})

test('what is for learners is not in a report: cells tagged exercise, and the marks of solutions', async () => {
  const cells = [
    { cell_type: 'markdown' as const, id: 'y', metadata: { tags: ['exercise'] }, source: 'Your turn' },
    code('a', '/// solution\n/// stub: todo()\nshare()\n/// end'),
  ]
  const document = { ...notebook('# T'), cells }
  for (const text of [await exportHtml(document, { provenance, drawing }), exportMarkdown(document, provenance, 'i').text]) {
    expect(text.slice(Math.max(0, text.indexOf('<body>')))).not.toMatch(/Your turn|\/\/\/|todo/)
  }
  expect(await exportHtml(document, { provenance, drawing })).toContain('Code, 1 line')
})

test('a failed run is marked at the top', async () => {
  const page = await html(code('bad', 'x', { output_type: 'error', ename: 'TypeError', evalue: 'no such thing', traceback: [] }))
  expect(page).toContain('This run failed.')
  expect(page).toContain('href="#cell-bad"')
})

test('what must differ between runs stands in one block', async () => {
  const other = { ...provenance, run: { date: '2030-12-31', duration: '9 s', machine: 'another', commit: 'beef' } }
  const [a, b] = await Promise.all([provenance, other].map(each => exportHtml(notebook('# T'), { provenance: each, drawing })))
  expect(a).not.toBe(b)
  expect(withoutRun(a as string)).toBe(withoutRun(b as string))
})

test('the Markdown twin has the title first, then the findings, and pictures as files', () => {
  const { data } = finding('it holds')[DISPLAY]()
  const chart = shown({ 'image/png': Buffer.from('png').toString('base64') }, { clvlab: { title: 'T', caption: 'C', alt: 'A' } })
  const twin = exportMarkdown(notebook('# A title\n\nWords'), provenance, 'images/x')
  expect(twin.text.startsWith('# A title\n\nWords')).toBe(true)
  const full = exportMarkdown(notebook('# A title\n\nWords', code('a', '1', chart, shown({ ...data }))), provenance, 'images/x')
  expect(full.text.indexOf('- it holds')).toBeLessThan(full.text.indexOf('Words'))
  expect(full.text).toContain('![A](images/x/figure-1.png)')
  expect(full.images.get('figure-1.png')?.toString()).toBe('png')
})

test('notes are Markdown with a text form', () => {
  expect(note('**x**')[DISPLAY]().data).toEqual({ 'text/markdown': '**x**', 'text/plain': '**x**' })
})

test('the allow-list keeps tables and closes what is open', () => {
  expect(sanitise('<div class="t"><table><tr><td class="number">1 &lt; 2</td>')).toBe(
    '<div class="t"><table><tr><td class="number">1 &lt; 2</td></tr></table></div>',
  )
})
