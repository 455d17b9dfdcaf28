// Drives JupyterLab or Notebook 7 in a real browser: `node test/kernel/lab/drive.mjs lab|notebook BIN OUT`.
// BIN is the folder with jupyter-lab, OUT where screenshots go. Opens the first notebook, runs it, looks at its charts, then
// completes, asks for help, interrupts and restarts in a cell of its own. Nothing is saved.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { chromium } from 'playwright-core'

const [kind = 'lab', bin = '', out = ''] = process.argv.slice(2)
const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../../..')
const NOTEBOOK = '01-from-events-to-value.ipynb'
const RUN_ALL = 150_000

const settings = path.join(out, 'settings')
const put = (plugin, name, value) => {
  fs.mkdirSync(path.join(settings, plugin), { recursive: true })
  fs.writeFileSync(path.join(settings, plugin, `${name}.jupyterlab-settings`), JSON.stringify(value))
}
put('@jupyterlab/apputils-extension', 'notification', { fetchNews: 'false' })
put('@jupyterlab/docmanager-extension', 'plugin', { autosave: false })

const port = await freePort()
const url = `http://127.0.0.1:${port}`
const option = kind === 'lab' ? '--LabApp.expose_app_in_browser=True' : '--JupyterNotebookApp.expose_app_in_browser=True'
const server = spawn(
  path.join(bin, `jupyter-${kind}`),
  [
    '--no-browser',
    '--allow-root',
    '--ip=127.0.0.1',
    `--port=${port}`,
    '--ServerApp.port_retries=0',
    '--IdentityProvider.token=',
    `--ServerApp.root_dir=${path.join(root, 'notebooks')}`,
    option,
  ],
  {
    env: {
      ...process.env,
      PATH: `${bin}:${process.env.PATH}`,
      JUPYTER_CONFIG_DIR: path.join(out, 'config'),
      JUPYTERLAB_SETTINGS_DIR: settings,
      JUPYTERLAB_WORKSPACES_DIR: path.join(out, 'workspaces'),
      JUPYTER_RUNTIME_DIR: path.join(out, 'runtime'),
    },
    stdio: ['ignore', fs.openSync(path.join(out, `${kind}.log`), 'w'), fs.openSync(path.join(out, `${kind}.err.log`), 'w')],
  },
)
const ended = new Promise(resolve => server.once('exit', resolve))
let browser
try {
  await until(async () => (await fetch(`${url}/api/status`).catch(() => undefined))?.ok === true, 60_000, 'the server answers')
  browser = await chromium.launch({
    executablePath: executable(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
  const page = await browser.newPage({ viewport: { width: 1100, height: 1600 } })
  await page.goto(kind === 'lab' ? `${url}/lab/tree/${NOTEBOOK}?reset` : `${url}/notebooks/${NOTEBOOK}`)
  await page.waitForSelector('.jp-Notebook .jp-CodeCell', { timeout: 60_000 })
  await page.waitForFunction(
    () => globalThis.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.connectionStatus === 'connected',
    undefined,
    { timeout: 60_000 },
  )
  await page.evaluate(() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.info)
  await runs(page)
  await turnsPages(page)
  await completes(page)
  await interrupts(page)
  await restarts(page)
  console.log(`${kind}: ran the notebook, drew its charts, completed, interrupted and restarted`)
} finally {
  await browser?.close()
  server.kill('SIGTERM')
  await ended
}

async function runs(page) {
  await withLimit(
    page.evaluate(() => jupyterapp.commands.execute('notebook:run-all-cells')),
    RUN_ALL,
    'the notebook runs',
  )
  const cells = await page.evaluate(() =>
    [...jupyterapp.shell.currentWidget.content.model.cells]
      .filter(cell => cell.type === 'code')
      .map(cell => {
        const { execution_count: count, outputs } = cell.toJSON()
        return {
          count,
          errors: outputs.filter(output => output.output_type === 'error').map(output => output.traceback.join('\n')),
          charts: outputs.filter(output => Object.keys(output.data ?? {}).some(type => type.includes('vegalite'))).length,
        }
      }),
  )
  assert.deepEqual(
    cells.flatMap(cell => cell.errors),
    [],
    'no cell fails',
  )
  assert.ok(
    cells.every(cell => cell.count !== null),
    'every cell has run',
  )
  const charts = cells.reduce((sum, cell) => sum + cell.charts, 0)
  assert.ok(charts > 0, 'the notebook has charts')
  const where = await page.evaluate(() =>
    [...jupyterapp.shell.currentWidget.content.widgets].findIndex(
      cell =>
        cell.model.type === 'code' &&
        cell.model.toJSON().outputs.some(output => Object.keys(output.data ?? {}).some(type => type.includes('vegalite'))),
    ),
  )
  await page.evaluate(i => jupyterapp.shell.currentWidget.content.scrollToItem(i, 'start'), where)
  const chart = page.locator('.jp-RenderedVegaLite canvas, .jp-RenderedVegaLite svg').first()
  await chart.waitFor({ state: 'visible', timeout: 30_000 })
  const { width, height } = await chart.boundingBox()
  assert.ok(width > 100 && height > 50, 'a chart is drawn')
  await page.waitForTimeout(1000)
  await page.screenshot({ path: path.join(out, `${kind}-charts.png`) })
  await page.evaluate(() => jupyterapp.shell.currentWidget.content.scrollToItem(0, 'start'))
  await page.waitForTimeout(500)
  await page.screenshot({ path: path.join(out, `${kind}-top.png`) })
  console.log(`${kind}: ${cells.length} cells, ${charts} charts`)
}

/** A new last cell with this text, active and in view. */
async function cell(page, text) {
  await page.evaluate(async source => {
    const notebook = jupyterapp.shell.currentWidget.content
    notebook.activeCellIndex = notebook.widgets.length - 1
    await jupyterapp.commands.execute('notebook:insert-cell-below')
    notebook.activeCell.model.sharedModel.setSource(source)
    await notebook.scrollToItem(notebook.activeCellIndex, 'center')
    notebook.mode = 'edit'
    notebook.activeCell.editor.focus()
    const lines = source.split('\n')
    notebook.activeCell.editor.setCursorPosition({ line: lines.length - 1, column: lines.at(-1).length })
  }, text)
}

async function outputs(page) {
  return page.evaluate(() => jupyterapp.shell.currentWidget.content.activeCell.model.toJSON().outputs)
}

/** A table's pages are turned by a click, alone and beside another table; a notebook that is not trusted shows the first page. */
async function turnsPages(page) {
  const rows = 'Array.from({ length: 45 }, (_, i) => ({ row: i + 1, square: (i + 1) ** 2, gap: i % 7 === 3 ? null : i / 8 }))'
  for (let i = 0; i < 2; i++) {
    await cell(page, rows)
    await page.evaluate(() => jupyterapp.commands.execute('notebook:run-cell'))
  }
  const tables = page.locator('.clv-table:has(form)')
  const [first, second] = [tables.nth((await tables.count()) - 2), tables.last()]
  const shown = async table => (await table.locator('tbody tr:visible td:first-child').allInnerTexts()).map(Number)
  const places = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i)
  assert.deepEqual(await shown(second), places(1, 20), 'the first page is shown')
  await second.locator('label', { hasText: '41–45' }).click()
  assert.deepEqual(await shown(second), places(41, 45), 'the last page is shown')
  assert.deepEqual(await shown(first), places(1, 20), 'the other table has pages of its own')
  await second.scrollIntoViewIfNeeded()
  await page.screenshot({ path: path.join(out, `${kind}-table.png`) })
  const untrusted = await page.evaluate(async () => {
    const { content } = jupyterapp.shell.currentWidget
    document.querySelectorAll('.clv-table style').forEach(style => style.remove()) // one that is trusted would lend its style
    const bundle = content.activeCell.model.toJSON().outputs[0].data
    const { rendermime } = content
    const model = rendermime.createModel({ data: bundle, trusted: false })
    const widget = rendermime.createRenderer('text/html')
    await widget.renderModel(model)
    content.activeCell.node.append(widget.node)
    const visible = [...widget.node.querySelectorAll('tbody tr')].filter(row => row.checkVisibility()).length
    const buttons = [...widget.node.querySelectorAll('label')].filter(label => label.checkVisibility()).length
    const said = widget.node.innerText
    widget.node.remove()
    return { visible, buttons, said }
  })
  assert.deepEqual(
    [untrusted.visible, untrusted.buttons],
    [20, 0],
    'without trust the first page is shown, and no buttons that do nothing',
  )
  assert.match(untrusted.said, /45 rows × 3 columns, the first 20 shown/)
}

/** Asks for completion until it is offered: the front end gives up waiting for an answer after a second. */
async function offers(page, text) {
  await until(
    async () => {
      const source = await page.evaluate(() => jupyterapp.shell.currentWidget.content.activeCell.model.sharedModel.getSource())
      if (source.includes(text) || (await page.locator('.jp-Completer-item', { hasText: text }).count()) > 0) return true
      await page.evaluate(() => void jupyterapp.commands.execute('completer:invoke-notebook'))
      await new Promise(resolve => setTimeout(resolve, 1500))
      return false
    },
    40_000,
    `${text} is offered`,
  )
}

async function completes(page) {
  await cell(page, "'abc'.toU")
  await offers(page, 'toUpperCase')
  await page.keyboard.press('Escape')
  await cell(page, "import { } from '../lib/fea")
  await offers(page, 'features/')
  await page.keyboard.press('Escape')
  await cell(page, "'abc'.to")
  await offers(page, 'toLowerCase')
  await page.screenshot({ path: path.join(out, `${kind}-completion.png`) })
  await page.keyboard.press('Escape')
  await cell(page, 'await buildTask(')
  await page.evaluate(
    () =>
      void jupyterapp.commands.execute(
        jupyterapp.commands.hasCommand('tooltip:launch-notebook') ? 'tooltip:launch-notebook' : 'tooltip:launch',
      ),
  )
  await page.locator('.jp-Tooltip', { hasText: 'horizon' }).first().waitFor({ timeout: 20_000 })
  await page.screenshot({ path: path.join(out, `${kind}-help.png`) })
  await page.keyboard.press('Escape')
}

async function interrupts(page) {
  await cell(page, 'console.log("busy")\nfor (;;);')
  await page.evaluate(() => void jupyterapp.commands.execute('notebook:run-cell'))
  await until(async () => JSON.stringify(await outputs(page)).includes('busy'), 20_000, 'the loop runs')
  await page.evaluate(() => void jupyterapp.commands.execute('notebook:interrupt-kernel'))
  await until(async () => JSON.stringify(await outputs(page)).includes('Interrupted'), 20_000, 'the loop is interrupted')
  await page.screenshot({ path: path.join(out, `${kind}-interrupted.png`) })
}

async function restarts(page) {
  await withLimit(
    page.evaluate(() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()),
    30_000,
    'the kernel restarts',
  )
  await cell(page, '6 * 7')
  await withLimit(
    page.evaluate(() => jupyterapp.commands.execute('notebook:run-cell')),
    30_000,
    'a cell runs after the restart',
  )
  await until(
    async () => {
      const [output] = await outputs(page)
      return output?.data?.['text/plain'] === '42' && output.execution_count === 1
    },
    20_000,
    'the count begins anew',
  )
}

async function until(holds, limit, what) {
  const end = performance.now() + limit
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`${kind}: not within ${limit / 1000} s: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

async function withLimit(work, limit, what) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${kind}: not within ${limit / 1000} s: ${what}`)), limit)
  })
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}

async function freePort() {
  const listening = net.createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => listening.once('listening', resolve))
  const { port: free } = listening.address()
  await new Promise(resolve => listening.close(resolve))
  return free
}

function executable() {
  return execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'], {
    encoding: 'utf8',
  }).trim()
}
