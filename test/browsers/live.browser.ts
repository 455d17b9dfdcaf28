import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Chart } from '../../lib/charts/index.ts'
import { pageDrawing } from '../../lib/cli/export-report.ts'
import { writeReport } from '../../lib/report/index.ts'
import { DISPLAY } from '../../lib/schema/index.ts'
import { code, notebook, provenance, shown } from '../report/notebook.ts'
import { faultsHeard } from './problems.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-live-'))
let [browser, page] = [undefined as unknown as Browser, undefined as unknown as Page]
let heard: readonly string[] = []
let url = ''

beforeAll(async () => {
  const chart = new Chart({
    title: 'Dots',
    caption: 'C',
    alt: 'dots',
    spec: {
      data: { values: Array.from({ length: 50 }, (_, i) => ({ a: i, b: (i * 7) % 50 })) },
      mark: { type: 'point', tooltip: true },
      encoding: { x: { field: 'a', type: 'quantitative', title: 'how far' }, y: { field: 'b', type: 'quantitative' } },
    },
  })
  const { data, metadata } = await chart[DISPLAY]()
  const filler = Array.from({ length: 60 }, (_, i) => `Paragraph ${i}.`).join('\n\n')
  const document = notebook(
    `# Live`,
    code('a', 'chart', shown({ ...data }, metadata)),
    code('b', 'more', shown({ 'text/markdown': filler })),
  )
  const file = await writeReport(folder, 'live', document, { provenance, drawing: await pageDrawing(), interactive: true })
  browser = await chromium.launch({
    executablePath: process.env['CLVLAB_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  url = pathToFileURL(file).href
  heard = faultsHeard(page, url)
  await page.goto(url)
  await page.locator('.chart > div > svg').waitFor()
})
afterAll(async () => {
  await browser.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

const labels = async (): Promise<string> =>
  (await page.locator('.chart .role-axis-label text').allTextContents()).sort().join(' ')
const scrolled = async (): Promise<number> => await page.evaluate<number>('scrollY')
const overChart = async (): Promise<void> => {
  const box = await page.locator('.chart').boundingBox()
  await page.mouse.move((box?.x ?? 0) + 250, (box?.y ?? 0) + 120)
}

test('the wheel alone scrolls the page, and leaves the chart as it is', async () => {
  await overChart()
  const before = await labels()
  await page.mouse.wheel(0, 120)
  await expect.poll(scrolled).toBeGreaterThan(0)
  expect(await labels()).toBe(before)
  await page.evaluate('scrollTo(0, 0)')
})

test('with Ctrl it zooms, with Shift a drag moves, and a double click goes back', async () => {
  await overChart()
  const before = await labels()
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -240)
  await page.keyboard.up('Control')
  await expect.poll(labels).not.toBe(before)
  expect(await scrolled()).toBe(0)
  const zoomed = await labels()
  await page.keyboard.down('Shift')
  await page.mouse.down()
  await page.mouse.move(700, 300, { steps: 5 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await expect.poll(labels).not.toBe(zoomed)
  await page.mouse.dblclick(700, 300)
  await expect.poll(labels).toBe(before)
})

test('a mark says its values in the words of the axes, the reader is told how, and nothing complains', async () => {
  expect(await page.locator('#live').isVisible()).toBe(true)
  await page.locator('.chart .role-mark path').nth(10).hover({ force: true })
  const tip = page.locator('.tip')
  await expect.poll(async () => await tip.innerText()).toBe('how far\n10\nb\n20')
  await page.keyboard.press('Escape')
  expect(await tip.isVisible()).toBe(false)
  expect(heard).toEqual([])
})

test('where there is no mouse, a tap says them, and a tap elsewhere takes them away', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  try {
    const phone = await context.newPage()
    await phone.goto(url)
    await phone.locator('.chart > div > svg').waitFor()
    const mark = await phone.locator('.chart .role-mark path').nth(10).boundingBox()
    await phone.touchscreen.tap((mark?.x ?? 0) + (mark?.width ?? 0) / 2, (mark?.y ?? 0) + (mark?.height ?? 0) / 2)
    await expect.poll(async () => await phone.locator('.tip').innerText()).toMatch(/^how far\n\d+\nb\n\d+$/)
    const { x = 0, width = 999 } = (await phone.locator('.tip').boundingBox()) ?? {}
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + width).toBeLessThanOrEqual(390)
    await phone.touchscreen.tap(200, 20)
    await expect.poll(async () => await phone.locator('.tip').isVisible()).toBe(false)
  } finally {
    await context.close()
  }
})

test('print is light and unfolded, even of a dark page and without scripts', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, colorScheme: 'dark' })
  try {
    const paper = await context.newPage()
    await paper.goto(url)
    const code = paper.locator('details.code pre').first()
    expect(await code.isVisible()).toBe(false)
    await paper.emulateMedia({ media: 'print' })
    expect((await code.boundingBox())?.height).toBeGreaterThan(20)
    const pixel = await paper.screenshot({ clip: { x: 0, y: 0, width: 1, height: 1 }, type: 'png' })
    await paper.emulateMedia({ media: 'print', colorScheme: 'light' })
    expect((await paper.screenshot({ clip: { x: 0, y: 0, width: 1, height: 1 }, type: 'png' })).equals(pixel)).toBe(true)
  } finally {
    await context.close()
  }
})
