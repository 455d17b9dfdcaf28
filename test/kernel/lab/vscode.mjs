// What VS Code would show of this kernel's outputs: `node test/kernel/lab/vscode.mjs OUT`, OUT where screenshots go. VS Code itself is not
// started. Of each bundle the form is taken that VS Code takes, and put into a page with the rules and colours of its notebooks' webview:
// HTML as it is, charts through the vega-lite 6 that its renderer brings. Nothing may be refused, and all text must be readable.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { KernelClient, startKernelProcess } from '../../../dist/notebook/client/index.js'

const [out = '.'] = process.argv.slice(2)
const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../../..')

/** The order of the Jupyter extension: vendors' forms, then HTML, then pictures, then text. */
const ORDER = [
  /^application\/vnd\.vegalite\.v[345]\+json$/,
  /^text\/html$/,
  /^image\/svg\+xml$/,
  /^image\/png$/,
  /^text\/markdown$/,
  /^text\/plain$/,
]
/** src/vs/workbench/contrib/notebook/browser/view/renderers/backLayerWebView.ts */
const RULES = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval'",
  "style-src 'unsafe-inline'",
  'img-src https: http: data:',
  'font-src https:',
  'connect-src https:',
].join('; ')
const THEMES = { dark: ['#1e1e1e', '#cccccc'], light: ['#ffffff', '#3b3b3b'] }

const CELLS = {
  log: "import { allFeatures, bgNbdFirst, buildTask, observe, openDataset, profiles, Seed } from 'clvlab'\nconst log = await openDataset('../.cache/data/embedded')\nlog",
  profiles: `const window = { observeFrom: log.facts.firstDay, cutoff: log.facts.lastDay }
profiles((await allFeatures(await observe(log, window), { horizon: 90 })).table)`,
  model: `const task = await buildTask(log, { observeFrom: log.facts.firstDay, cutoff: '2024-07-01', horizon: 90 })
await bgNbdFirst.fit(task, { seed: Seed.of(1) })`,
  table: 'Array.from({ length: 45 }, (_, i) => ({ row: i, half: i / 2, name: i % 3 ? `n${i}` : null }))',
  chart:
    "import { lossCurves, nn } from 'clvlab'\nlossCurves({ title: 'The loss falls', what: 'loss', series: [{ name: 'training', loss: [3, 2, 1.5] }] })",
  progress: `const line = nn.network({ columns: 1, layers: [nn.dense(1)], loss: nn.meanSquaredError })
const data = { rows: 3, x: Float32Array.of(1, 2, 3), y: Float32Array.of(2, 4, 6) }
await nn.train(line, data, { epochs: 2, seed: Seed.of(1), onProgress: nn.notebookProgress(display, { between: 0 }) }); undefined`,
}

const bundles = await bundlesOf(CELLS)
const browser = await chromium.launch({
  executablePath: executable(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
})
try {
  for (const [theme, [background, colour]] of Object.entries(THEMES)) {
    const page = await browser.newPage({ viewport: { width: 900, height: 1400 } })
    const refused = []
    page.on('console', message => /Content Security Policy|Refused/.test(message.text()) && refused.push(message.text()))
    page.on('pageerror', error => refused.push(String(error)))
    page.on('request', request => /^https?:/.test(request.url()) && refused.push(request.url()))
    await page.setContent(document(theme, background, colour))
    for (const [name, data] of bundles) await show(page, name, data, theme)
    assert.deepEqual(refused, [], `${theme}: the webview would refuse something`)
    const faint = await page.evaluate(unreadable, background)
    assert.deepEqual(faint, [], `${theme}: text that is hard to read`)
    if (theme === 'dark') await turnPage(page)
    await page.screenshot({ path: path.join(out, `vscode-${theme}.png`), fullPage: true })
    console.log(`VS Code's rules, ${theme}: ${bundles.map(([name, data]) => `${name} as ${chosen(data)}`).join(', ')}`)
    await page.close()
  }
} finally {
  await browser.close()
}

/** Every bundle that the cells show or give, named by its cell. */
async function bundlesOf(cells) {
  const kernel = await startKernelProcess({ cwd: path.join(root, 'notebooks') })
  const client = new KernelClient(kernel.connection)
  try {
    await client.ready()
    const found = []
    for (const [name, code] of Object.entries(cells)) {
      const stop = client.listen(({ header, content }) => {
        if (header.msg_type === 'display_data' || header.msg_type === 'execute_result') found.push([name, content.data])
      })
      const { content } = await client.request('shell', 'execute_request', {
        code,
        silent: false,
        store_history: true,
        allow_stdin: false,
      }).reply
      assert.equal(content.status, 'ok', `${name}: ${content.traceback?.join('\n')}`)
      await new Promise(resolve => setTimeout(resolve, 200)) // what is published comes by another socket
      stop()
    }
    assert.deepEqual([...new Set(found.map(([name]) => name))], Object.keys(cells), 'every cell shows something')
    return found
  } finally {
    client.close()
    await kernel.dispose()
  }
}

function chosen(data) {
  const types = Object.keys(data)
  return ORDER.map(form => types.find(type => form.test(type))).find(type => type !== undefined)
}

function document(theme, background, colour) {
  return `<!doctype html><meta http-equiv="Content-Security-Policy" content="${RULES}">
<style>body { --vscode-foreground: ${colour}; --vscode-editor-background: ${background}; background: ${background}; color: ${colour}; font: 13px sans-serif }</style>
<script>${fs.readFileSync(path.join(root, 'node_modules/vega/build/vega.min.js'), 'utf8').replaceAll('</script', '<\\/script')}</script>
<script>${fs.readFileSync(path.join(root, 'node_modules/vega-lite/build/vega-lite.min.js'), 'utf8').replaceAll('</script', '<\\/script')}</script>
<body class="vscode-${theme}" data-vscode-theme-kind="vscode-${theme}"></body>`
}

async function show(page, name, data, theme) {
  const type = chosen(data)
  assert.ok(type, `${name} has a form that VS Code knows`)
  assert.ok(data['text/plain'], `${name} has a text form`)
  if (type.startsWith('application/vnd.vegalite')) {
    assert.ok(data['image/png'], `${name} has a picture for where no renderer is installed`)
    const marks = await page.evaluate(
      async ([spec, dark]) => {
        const place = globalThis.document.body.appendChild(globalThis.document.createElement('div'))
        const config = dark
          ? {
              background: '#333',
              title: { color: '#fff' },
              style: { 'guide-label': { fill: '#fff' }, 'guide-title': { fill: '#fff' } },
            }
          : {}
        const view = new vega.View(vega.parse(vegaLite.compile({ ...spec, config: { ...config, ...spec.config } }).spec), {
          renderer: 'svg',
          container: place,
        })
        await view.runAsync()
        return place.querySelectorAll('svg path').length
      },
      [data[type], theme === 'dark'],
    )
    assert.ok(marks > 2, `${name} is drawn`)
  } else if (type === 'text/html') {
    await page.evaluate(html => {
      globalThis.document.body.appendChild(globalThis.document.createElement('div')).innerHTML = html
    }, data[type])
  }
}

/** Visible text outside drawings whose contrast is below 4.5. */
function unreadable(background) {
  const light = colour => {
    const [r = 0, g = 0, b = 0, a = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number)
    const part = value => ((value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    return { value: 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b), alpha: a }
  }
  const hex = background
    .match(/\w\w/g)
    .map(part => parseInt(part, 16))
    .join(',')
  const behind = node => {
    for (let at = node; at !== null; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor
      if (light(colour).alpha > 0.5) return colour
    }
    return `rgb(${hex})`
  }
  const found = []
  const walker = globalThis.document.createTreeWalker(globalThis.document.body, NodeFilter.SHOW_TEXT)
  for (let text = walker.nextNode(); text !== null; text = walker.nextNode()) {
    const element = text.parentElement
    if (text.data.trim() === '' || element.closest('svg, script, style') !== null || !element.checkVisibility()) continue
    const [a, b] = [light(getComputedStyle(element).color).value, light(behind(element)).value].sort((x, y) => y - x)
    if ((a + 0.05) / (b + 0.05) < 4.5) found.push(text.data.trim().slice(0, 30))
  }
  return found
}

/** The table's second page, without a script of its own. */
async function turnPage(page) {
  await page.getByText('21–40', { exact: true }).click()
  await page.getByText('n20', { exact: true }).waitFor({ timeout: 5000 })
}

function executable() {
  return execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'], {
    encoding: 'utf8',
  }).trim()
}
