import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Chart } from '../../lib/charts/index.ts'
import { pageDrawing } from '../../lib/cli/export-report.ts'
import type { Notebook, Output } from '../../lib/notebook/index.ts'
import { diffHtml, finding, writeIndex, writeReport } from '../../lib/report/index.ts'
import { readRun } from '../../lib/report/diff/read-run.ts'
import { COMPARISON_MIME, DISPLAY, Table } from '../../lib/schema/index.ts'
import { score } from '../report/diff/runs.ts'
import { code, notebook, provenance, shown } from '../report/notebook.ts'
import { faultsHeard, scrollThrough } from './problems.ts'

/** Each would set a mark on the window, ask the network for something, or break out of where it stands. */
const PAYLOADS = [
  '<script>window.pwned=1</script>',
  '</script><script>window.pwned=1</script>',
  '</title></style></textarea><script>window.pwned=1</script>',
  '<img src=x onerror="window.pwned=1">',
  '<svg onload="window.pwned=1"><script>window.pwned=1</script></svg>',
  '<svg><animate onbegin="window.pwned=1" attributeName=x dur=1s></svg>',
  '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>',
  '<object data="data:text/html,<script>window.pwned=1</script>"></object>',
  '<a href="javascript:window.pwned=1">click</a> [click](javascript:window.pwned=1)',
  '<details open ontoggle="window.pwned=1"><summary>x</summary></details>',
  '<body onload="window.pwned=1"><base href="https://example.org/">',
  '<meta http-equiv="refresh" content="0;url=https://example.org/">',
  '<link rel=stylesheet href="https://example.org/x.css"><style>@import "https://example.org/y.css";</style>',
  '<div style="background:url(https://example.org/z.png)">styled</div>',
  '<form action="https://example.org/"><input autofocus onfocus="window.pwned=1"></form>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.pwned=1&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=window.pwned=1>">',
  '"><script>window.pwned=1</script><"',
  "' onmouseover='window.pwned=1' x='",
  '{{constructor.constructor("window.pwned=1")()}} ${window.pwned=1}',
  "datum['x'] && (window.pwned=1)",
  '<!-- clvlab:run --><script>window.pwned=1</script><!-- /clvlab:run -->',
  '$\\href{javascript:window.pwned=1}{x}$ $$\\href{https://example.org/}{x}$$ $\\url{javascript:window.pwned=1}$',
  '$\\includegraphics{https://example.org/m.png}$ $\\htmlData{x=y}{x}$ $\\htmlStyle{background:url(https://example.org/z.png)}{x}$',
  '$\\text{<img src=x onerror="window.pwned=1">}$ $\\htmlClass{findings}{\\htmlId{theme}{x}}$ $"><script>window.pwned=1</script>$',
  '\u2028window.pwned=1\u2029<!--<script>',
]

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-payloads-'))
let browser: Browser
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env['CLVLAB_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
})
afterAll(async () => {
  await browser.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

/** A payload wherever data can put words: titles, captions, axes, column names, customers, findings, models, output of every kind. */
async function hostile(payload: string): Promise<Notebook> {
  const field = payload.replaceAll(/[.[\]\\'"\u2028\u2029]/g, '')
  // the language of vega's expressions, in which axes are named, knows no separators of lines and reads a backslash as an escape
  const label = payload.replaceAll(/[\u2028\u2029\\]/g, ' ')
  const chart = new Chart({
    title: payload,
    caption: payload,
    alt: payload,
    spec: {
      data: {
        values: [
          { [field]: payload, y: 1 },
          { [field]: `${payload} two`, y: 2 },
        ],
      },
      mark: { type: 'bar', tooltip: true },
      encoding: {
        x: { field, type: 'nominal', title: label },
        y: { field: 'y', type: 'quantitative' },
        color: { field, type: 'nominal', title: label },
      },
    },
  })
  const table = Table.fromRows([{ customer_id: payload, [payload]: 1 }], ['customer_id', payload], 'labelled')
  const compared = { digest: payload, split: payload, scores: [score({ model: payload, title: payload, name: payload })] }
  const bundle = async (value: { [DISPLAY](): unknown }): Promise<Output> => {
    const { data, metadata } = (await value[DISPLAY]()) as { data: Record<string, unknown>; metadata?: Record<string, unknown> }
    return shown({ ...data }, metadata)
  }
  return notebook(
    `# ${payload}\n\n## Findings\n\n## Spec 1\n\n![x](attachment:${encodeURIComponent(payload)}) ![x](https://example.org/a.png)\n\n## ${payload}\n\n${payload}\n\n| ${payload} |\n|-|\n| x |`,
    code('a', payload, await bundle(chart)),
    code('b', payload, await bundle(table as never)),
    code('c', payload, await bundle(finding(payload, payload))),
    code(
      'd',
      payload,
      shown({ 'text/html': payload }),
      shown({ 'text/markdown': payload }),
      shown({ 'text/plain': payload, [COMPARISON_MIME]: compared }),
    ),
    code(
      'p',
      payload,
      shown({ 'image/png': payload, 'text/plain': 'x' }, { clvlab: { title: payload, alt: payload } }),
      shown({ 'image/png': `AAAA"><meta http-equiv="refresh" content="0;url=https://example.org/">${payload}` }),
      shown({
        'image/svg+xml': `<svg viewBox="0 0 9 9"><text>${payload}</text><a href="https://example.org/">${payload}</a></svg>`,
      }),
      shown({ 'text/latex': payload }),
      shown({ 'text/latex': `$\\text{${payload}}$` }),
      shown({ 'image/jpeg': `">${payload}`, 'text/plain': 'x' }),
      shown({ 'application/vnd.vegalite.v5+json': linked(payload) }, { clvlab: { title: 'Linked', alt: 'A' } }),
      shown(
        { 'application/vnd.vegalite.v5+json': { ...linked(payload), data: { url: 'https://example.org/x.json' } } },
        { clvlab: { title: 'Asking', alt: 'A' } },
      ),
    ),
    code(
      'e',
      payload,
      { output_type: 'stream', name: 'stdout', text: payload },
      { output_type: 'error', ename: payload, evalue: payload, traceback: [payload] },
    ),
  )
}

/** A chart with links and pictures that lead elsewhere. */
const linked = (payload: string): Readonly<Record<string, unknown>> => ({
  data: { values: [{ a: 1, h: 'javascript:window.pwned=1', i: 'https://example.org/i.png', t: payload }] },
  layer: [
    {
      mark: { type: 'point', href: 'https://example.org/', tooltip: true },
      encoding: { x: { field: 'a', type: 'quantitative' }, href: { field: 'h' } },
    },
    { mark: { type: 'image', width: 9, height: 9 }, encoding: { x: { field: 'a', type: 'quantitative' }, url: { field: 'i' } } },
    { mark: 'text', encoding: { text: { field: 't' } } },
  ],
})

test.each(PAYLOADS.map((payload, i) => [i, payload] as const))(
  '%i: %s',
  async (i, payload) => {
    const place = path.join(folder, String(i))
    const facts = {
      ...provenance,
      notebook: payload,
      parameters: { [payload]: payload },
      data: { title: payload, checksum: payload },
    }
    const report = await writeReport(path.join(place, 'embedded'), 'r', await hostile(payload), {
      provenance: facts,
      drawing: await pageDrawing(),
      interactive: true,
    })
    const index = await writeIndex(place, ['embedded'], path.join(place, 'index.html'))
    const diff = path.join(place, 'diff.html')
    fs.writeFileSync(
      diff,
      diffHtml(await readRun(report, 'a-', await pageDrawing()), await readRun(report, 'b-', await pageDrawing())),
    )
    for (const file of [report, index, diff]) {
      expect(await marked(file)).toEqual([])
    }
  },
  60_000,
)

test.each([
  ['a script that runs', '<main><script>window.pwned=1</script></main>', /window is marked/],
  ['a handler', '<main><img src="data:," onerror="window.pwned=1"></main>', /window is marked/],
  [
    'a request',
    '<main><p style="background:url(https://example.org/z.png)">x</p></main>',
    /^(?:console|request): .*example\.org/,
  ],
  ['an element', '<main><form></form></main>', /<form>/],
  ['a formula from elsewhere', '<main><math><mi>x</mi></math></main>', /<math>/],
  ['a link in a formula', '<main><p class="math"><math><mi href="https://example.org">x</mi></math></p></main>', /<mi/],
])('the check finds %s', async (_, planted, found) => {
  const file = path.join(folder, 'planted.html')
  fs.writeFileSync(file, planted)
  expect((await marked(file)).filter(problem => found.test(problem))).not.toEqual([])
})

/** What formulas are made of. */
const MATHML =
  'menclose, mfrac, mi, mn, mo, mover, mpadded, mphantom, mrow, ms, mspace, msqrt, mstyle, msub, msubsup, msup, mtable, mtd, mtext, mtr, munder, munderover'

/** What a payload did: an error, a request, a mark on the window, another address, an element that must not be there. The mouse goes over charts and links. */
async function marked(file: string): Promise<readonly string[]> {
  const page = await browser.newPage()
  const url = pathToFileURL(file).href
  const heard = faultsHeard(page, url)
  try {
    await page.goto(url)
    await scrollThrough(page)
    await page.evaluate(`document.querySelectorAll('details').forEach(each => { each.open = true })`)
    for (const mark of (await page.locator('.chart path, main a').all()).slice(0, 4))
      await mark.hover({ timeout: 200, force: true }).catch(() => undefined)
    return [
      ...heard,
      ...((await page.evaluate('window.pwned')) === undefined ? [] : ['the window is marked']),
      ...(page.url().split('#')[0] === url ? [] : [`the page went to ${page.url()}`]),
      ...(await page.evaluate<string[]>(
        `[...document.querySelectorAll('main :is(script, iframe, object, embed, form, input, base, meta, link, style, img), main math :not(${MATHML}), main math:not(.math > math), main math [href], main math [src], main math [id], main [onload], main [onerror], main [style*=url], a[href^="javascript:" i]')].map(each => each.outerHTML.slice(0, 120))`,
      )),
    ]
  } finally {
    await page.close()
  }
}
