import fs from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'

/** How a reader may look at a page. */
export interface Look {
  readonly width: number
  readonly height: number
  readonly scheme: 'light' | 'dark'
}

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Opens a file as a reader would, scrolls through it, and says what is wrong with it; nothing where all is well. */
export async function problemsOf(browser: Browser, file: string, { width, height, scheme }: Look): Promise<readonly string[]> {
  const url = pathToFileURL(file).href
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme })
  try {
    const page = await context.newPage()
    const heard = faultsHeard(page, url)
    await page.goto(url)
    await scrollThrough(page)
    return [
      ...heard,
      ...(await overflow(page)),
      ...(await typeface(page)),
      ...(await stillCharts(page)),
      ...(await darkness(page, scheme)),
      ...(await barriers(page)),
    ]
  } finally {
    await context.close()
  }
}

/** What goes wrong on a page from now on: errors, warnings, and requests for anything but the page itself. */
export function faultsHeard(page: Page, url: string): readonly string[] {
  const heard: string[] = []
  page.on('console', message => void (['error', 'warning'].includes(message.type()) && heard.push(`console: ${message.text()}`)))
  page.on('pageerror', error => heard.push(`error: ${error.message}`))
  page.on(
    'request',
    request => void (request.url() !== url && !request.url().startsWith('data:') && heard.push(`request: ${request.url()}`)),
  )
  return heard
}

/** Charts come alive when they come into view. */
export async function scrollThrough(page: Page): Promise<void> {
  for (let y = 0; y < (await page.evaluate<number>('document.documentElement.scrollHeight')); y += 500) {
    await page.evaluate(`scrollTo(0, ${y})`)
    await page.evaluate('new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))')
  }
  await page
    .waitForFunction(`${DRAWN} === document.querySelectorAll('script[id^=spec-]').length`, undefined, { timeout: 5000 })
    .catch(() => undefined)
  await page.evaluate('scrollTo(0, 0)')
}
const DRAWN = `document.querySelectorAll('.chart[data-figure] > div > svg[role=img][aria-label]:has([class*=role-mark])').length`

async function overflow(page: Page): Promise<readonly string[]> {
  return await page.evaluate<string[]>(`(() => {
    const wide = document.documentElement.scrollWidth - innerWidth
    const cut = [...document.querySelectorAll('.chart text')].filter(text => { const { left, right, width } = text.getBoundingClientRect(); return width > 0 && (left < -1 || right > innerWidth + 1) })
    return [...(wide > 0 ? ['overflow: the page is ' + wide + ' pixels too wide'] : []), ...cut.map(text => 'overflow: the label "' + text.textContent + '" leaves the page')]
  })()`)
}

/** Words and charts in the typeface that the page brings. */
async function typeface(page: Page): Promise<readonly string[]> {
  const loaded = await page.evaluate<number>(
    `[...document.fonts].filter(({ family, status }) => family === 'Inter' && status === 'loaded').length`,
  )
  return loaded === 2 ? [] : [`typeface: ${loaded} of 2 faces came`]
}

async function stillCharts(page: Page): Promise<readonly string[]> {
  const [drawn, specs] = [
    await page.evaluate<number>(DRAWN),
    await page.evaluate<number>(`document.querySelectorAll('script[id^=spec-]').length`),
  ]
  return drawn === specs ? [] : [`charts: ${drawn} of ${specs} came alive`]
}

/** The page follows the reader's scheme, and the button turns it. */
async function darkness(page: Page, scheme: 'light' | 'dark'): Promise<readonly string[]> {
  const brightness = async (): Promise<number> =>
    await page.evaluate<number>(
      `Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))`,
    )
  const first = await brightness()
  await page.click('#theme')
  const turned = await brightness()
  await page.click('#theme')
  return [
    ...(first > 127 === (scheme === 'light') ? [] : [`scheme: the page is not ${scheme}`]),
    ...(first > 127 === turned > 127 ? ['scheme: the button does not turn it'] : []),
  ]
}

/** What keeps people from reading, by WCAG 2.1 A and AA, code unfolded. */
async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(`document.querySelectorAll('details').forEach(each => { each.open = true })`)
  await page.evaluate(AXE)
  const violations = await page.evaluate<{ id: string; impact: string; help: string; nodes: { html: string }[] }[]>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then(found => found.violations)`,
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) =>
        `axe: ${id}: ${help}: ${nodes
          .slice(0, 3)
          .map(node => node.html.slice(0, 160))
          .join(' | ')}`,
    )
}

/** Pages of the file as it prints. */
export async function printedPages(browser: Browser, file: string): Promise<number> {
  const page = await browser.newPage()
  try {
    await page.goto(pathToFileURL(file).href)
    const pdf = await page.pdf({ format: 'A4' })
    return (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length
  } finally {
    await page.close()
  }
}

/** Drawings that are there for a reader who runs no scripts, and the figures that should have one. */
export async function withoutScripts(
  browser: Browser,
  file: string,
): Promise<{ readonly figures: number; readonly drawn: number }> {
  const context = await browser.newContext({ javaScriptEnabled: false })
  try {
    const page = await context.newPage()
    await page.goto(pathToFileURL(file).href)
    return {
      figures: await page.locator('figure').count(),
      drawn: await page.locator('figure svg[role=img]:has(path, circle)').count(),
    }
  } finally {
    await context.close()
  }
}
