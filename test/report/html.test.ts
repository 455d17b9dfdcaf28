import { describe, expect, test } from 'vitest'
import { exportHtml, exportMarkdown, finding, note, sanitise, withoutRun } from '../../lib/report/index.ts'
import { quoted } from '../../lib/report/quoted.ts'
import { COMPARISON_MIME, DISPLAY } from '../../lib/schema/index.ts'
import { code, drawing, notebook, provenance, shown, pngOf } from './notebook.ts'

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
  /^<(?:script(?! type="text\/plain" id="record")|iframe|img|math|object|embed|svg(?! role="?img"?|>))|\son\w+\s*=|(?:href|src)\s*=\s*["']?\s*javascript:/i

/** The elements of a page that could do something: text that only looks like one is escaped and does not count. */
const liveTags = (page: string): readonly string[] => (page.match(/<[a-z][^<>]*>/gi) ?? []).filter(tag => LIVE.test(tag))

async function html(...cells: Parameters<typeof notebook>[1][]): Promise<string> {
  const page = await exportHtml(notebook('# A title\n\n## A part', ...cells), { provenance, drawing })
  return quoted(page.slice(page.indexOf('<body>')))
}

test('the check itself finds what is alive', () => {
  expect(PAYLOADS.filter(payload => liveTags(payload).length === 0)).toEqual([])
})

describe('payloads stay inert', () => {
  test.each(PAYLOADS)('%s', async payload => {
    for (const data of [{ 'text/html': payload }, { 'text/markdown': payload }, { 'text/plain': payload }]) {
      const cell = code('a', payload, shown(data), { output_type: 'stream', name: 'stdout', text: payload })
      const page = await exportHtml(notebook('# A title', cell), { provenance, drawing })
      expect(liveTags(page.slice(page.indexOf('<body>')))).toEqual([])
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
      { 'application/vnd.vegalite.v5+json': { mark: 'bar' }, 'image/png': pngOf('a').toString('base64') },
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
  expect(await exportHtml(document, { provenance, drawing })).toContain('Code: share, 1 line')
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
  const chart = shown({ 'image/png': pngOf('png').toString('base64') }, { clvlab: { title: 'T', caption: 'C', alt: 'A' } })
  const twin = exportMarkdown(notebook('# A title\n\nWords'), provenance, 'images/x')
  expect(twin.text.startsWith('# A title\n\nWords')).toBe(true)
  const full = exportMarkdown(notebook('# A title\n\nWords', code('a', '1', chart, shown({ ...data }))), provenance, 'images/x')
  expect(full.text.indexOf('- it holds')).toBeLessThan(full.text.indexOf('Words'))
  expect(full.text).toContain('![A](images/x/figure-1.png)')
  expect(full.images.get('figure-1.png')?.toString()).toContain('png')
})

test('notes are Markdown with a text form', () => {
  expect(note('**x**')[DISPLAY]().data).toEqual({ 'text/markdown': '**x**', 'text/plain': '**x**' })
})

test('the allow-list keeps tables and closes what is open', () => {
  expect(sanitise('<div class="clv-table findings"><table><tr><td class=number colspan=2>1 &lt; 2</td>')).toBe(
    '<div class="clv-table"><table><tr><td class="number" colspan="2">1 &lt; 2</td></tr></table></div>',
  )
})

const dot = pngOf('dot').toString('base64')

test('drawings and pictures of an output are kept, reduced to what draws; of others, what they show is said', () => {
  const kept = sanitise('<p>a</p><svg onload="x()"><script>y()</script><path d="M0,0" onclick="z()"/></svg><p>b</p>', 'o1-')
  expect(kept).toBe('<p>a</p><span class="drawing"><svg>y()<path d="M0,0"/></svg></span><p>b</p>')
  expect(sanitise(`<img src="data:image/png;base64,${dot}" alt="a dot" onerror="x()">`)).toBe(
    `<img src="data:image/png;base64,${dot}" alt="a dot">`,
  )
  expect(sanitise('<img src="https://example.org/a.png" alt="a &quot;dot&quot;">')).toBe(
    '<span class="quiet">[picture, not in the notebook: a &quot;dot&quot;]</span>',
  )
  // a drawing has no place within an attribute, and leaves it as it is
  expect(sanitise('<td title="<svg></svg>">x</td>')).not.toMatch(/title="[^"]*<svg/)
})

test('outputs in SVG and JPEG are shown, and so are pictures that come along with Markdown', async () => {
  const jpeg = Buffer.from('jpeg').toString('base64')
  const cells = notebook(
    `# T\n\n![in place](data:image/png;base64,${dot}) ![attached](attachment:a.png) ![elsewhere](fig.png)`,
    code(
      'a',
      '1',
      shown({ 'image/svg+xml': '<svg viewBox="0 0 1 1"><circle r="1" onclick="x()"/></svg>', 'text/plain': 'text' }),
    ),
    code('b', '1', shown({ 'image/jpeg': jpeg, 'text/plain': 'text' }, { clvlab: { alt: 'a photo' } })),
  )
  const [first, ...rest] = cells.cells
  const attached = {
    ...(first as (typeof cells.cells)[0]),
    attachments: { 'a.png': { 'image/png': dot } },
  } as (typeof cells.cells)[0]
  const page = quoted(await exportHtml({ ...cells, cells: [attached, ...rest] }, { provenance, drawing }))
  expect(page).toContain('<svg viewBox="0,0,1,1"><circle r="1"/></svg>')
  expect(page).toContain(`<img src="data:image/jpeg;base64,${jpeg}" alt="a photo">`)
  for (const alt of ['in place', 'attached']) expect(page).toContain(`<img src="data:image/png;base64,${dot}" alt="${alt}">`)
  expect(page).toContain('[picture, not in the notebook: elsewhere]')
})

test('what only calls itself a PNG is no picture: markup in its place stays out, in the page and its twin', async () => {
  const evil = 'AAAA"><meta http-equiv="refresh" content="0;url=https://evil.example/"><h1 id="x">'
  const cells = notebook(
    '# T',
    code('a', '1', shown({ 'image/png': evil, 'text/plain': 'text' }, { clvlab: { title: 'T', alt: 'A' } })),
  )
  expect(await exportHtml(cells, { provenance, drawing })).not.toContain('evil.example')
  expect(exportMarkdown(cells, provenance, 'images/x').images.size).toBe(0)
})

test('a title with quotes and emphasis stands once, and reads as it is meant', async () => {
  const page = await exportHtml(notebook(`# The shop's *good* "year"`), { provenance, drawing })
  expect(page.match(/<h1/g)).toHaveLength(1)
  expect(page).toContain('<h1>The shop’s good “year”</h1>')
})

test('no heading takes a place of the page itself', async () => {
  const names = [
    'Findings',
    'Content',
    'Theme',
    'Fold',
    'Words',
    'Provenance',
    'Record',
    'Figure 1',
    'Spec 1',
    'Live',
    'Findings',
  ]
  const whole = await exportHtml(
    notebook(
      `# T\n\n${names.map(name => `## ${name}`).join('\n\n')}`,
      code('a', '1', shown({ ...finding('stay')[DISPLAY]().data })),
    ),
    { provenance, drawing },
  )
  const page = quoted(whole)
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(page).toContain('<h2 id="section-spec-1">')
})

test('the number of a finding leads to the cell that made it, the words to its own', async () => {
  const { data } = finding('is the best', '0.75')[DISPLAY]()
  const compared = shown({ [COMPARISON_MIME]: { digest: '', split: '', scores: [] }, 'text/html': '<table></table>' })
  const cells = [
    code('data', 'const log = await open()', shown({ 'text/plain': 'log' })),
    code('compare', 'const comparison = await compare(log)\ncomparison', compared),
    code('chart', 'plot(comparison)', shown({ 'text/plain': 'chart' })),
    code('chosen', 'const best = comparison.models[0]!'),
    code('said', `finding('is the best', best.score)`, shown({ ...data })),
    code('alone', `finding('is the best', '0.75')`, shown({ ...data })),
  ]
  const page = await html(...cells)
  expect(page).toContain('<li><a href="#cell-compare"><b>0.75</b></a> <a href="#cell-said">is the best</a>')
  expect(page).toContain('<li><a href="#cell-alone"><b>0.75</b> is the best</a>')
})

test('output reads as a terminal leaves it', async () => {
  const text = '\u001B[31mred\u001B[0m \u001B]8;;https://example.org\u0007link\u001B]8;;\u0007\n10%\r50%\rdone\u001B[2K\r\nend'
  const page = await html(code('a', '1', { output_type: 'stream', name: 'stdout', text }))
  expect(page).toContain('>red link\ndone\r\nend</pre>')
})

test('the title is the first heading, not what looks like one in code; a figure without a title is captioned by its number', async () => {
  const cells = notebook(
    '```sh\n# install it\n```\n\n# Real *title*',
    code('a', '1', shown({ 'image/png': dot }, { clvlab: { caption: 'C', alt: 'A' } })),
  )
  const page = await exportHtml(cells, { provenance, drawing })
  expect(page).toContain('<h1>Real title</h1>')
  expect(page).toContain('Figure 1.</a>  C</figcaption>')
})
