import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser, printPdf, writeIndex } from '../../lib/report/index.ts'
import { printedPages, problemsOf, withoutScripts, type Look } from './problems.ts'

const EMBEDDED = path.resolve(import.meta.dirname, '../../reports/embedded')
const names = fs
  .readdirSync(EMBEDDED)
  .filter(name => name.endsWith('.html'))
  .sort()
const looks: readonly (readonly [string, Look])[] = [
  ['desktop, light', { width: 1280, height: 900, scheme: 'light' }],
  ['desktop, dark', { width: 1280, height: 900, scheme: 'dark' }],
  ['phone, light', { width: 390, height: 844, scheme: 'light' }],
  ['phone, dark', { width: 390, height: 844, scheme: 'dark' }],
]
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-browsers-'))
let browser: Browser

beforeAll(async () => {
  fs.cpSync(EMBEDDED, path.join(folder, 'embedded'), { recursive: true })
  await writeIndex(folder, ['embedded'], path.join(folder, 'index.html'))
  browser = await chromium.launch({
    executablePath: process.env['CLVLAB_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
})
afterAll(async () => {
  await browser.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

describe.each(looks)('%s', (_, look) => {
  test('the index opens without a fault', async () =>
    expect(await problemsOf(browser, path.join(folder, 'index.html'), look)).toEqual([]))
  test.each(names)('%s opens without a fault, its charts alive', async name =>
    expect(await problemsOf(browser, path.join(folder, 'embedded', name), look)).toEqual([]),
  )
})

test.each(names)('%s prints, and shows its charts to a reader without scripts', async name => {
  const file = path.join(folder, 'embedded', name)
  expect(await printedPages(browser, file)).toBeGreaterThan(3)
  const { figures, drawn } = await withoutScripts(browser, file)
  expect(figures).toBeGreaterThan(0)
  expect(drawn).toBe(figures)
})

test('a report is printed as PDF by `clvlab report pdf`’s own means', async () => {
  const out = path.join(folder, 'report.pdf')
  await printPdf(findBrowser(), path.join(folder, 'embedded', names[0] as string), out)
  const pdf = fs.readFileSync(out, 'latin1')
  expect(pdf.startsWith('%PDF-')).toBe(true)
  expect((pdf.match(/\/Type\s*\/Page\b/g) ?? []).length).toBeGreaterThan(3)
})

test('the index prints', async () => expect(await printedPages(browser, path.join(folder, 'index.html'))).toBeGreaterThan(0))

describe('the checks find a fault that is planted', () => {
  const [name] = names as [string]
  const phone: Look = { width: 390, height: 844, scheme: 'light' }
  test.each([
    ['a script that is not allowed', '</main>', '<script>alert(1)</script></main>', /^console: .*Content Security Policy/],
    [
      'a picture from elsewhere',
      '</main>',
      '<img alt="x" src="https://example.org/x.png"></main>',
      /^(?:console|request): .*example\.org/,
    ],
    ['something too wide', '</main>', '<div style="width:700px">x</div></main>', /^overflow: the page is \d+ pixels too wide/],
    ['grey words on white', '</main>', '<p style="color:#ddd;background:#fff">pale</p></main>', /^axe: color-contrast/],
    ['a picture without words', '</main>', '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></main>', /^axe: image-alt/],
    [
      'a chart that cannot be drawn',
      /(<script type="application\/json" id="spec-1">)[\s\S]*?(<\/script>)/,
      '$1{$2',
      /^charts: \d+ of \d+ came alive/,
    ],
    [
      'a chart that draws nothing',
      /(<script type="application\/json" id="spec-1">)[\s\S]*?(<\/script>)/,
      '$1{"width":9,"height":9}$2',
      /^charts: \d+ of \d+ came alive/,
    ],
    ['a typeface that is broken', /(data:font\/\w+;base64,).{8}/, '$1BBBBBBBB', /^typeface: \d of 2 faces came/],
    [
      'a page that is always light',
      '</style>',
      ':root:root{--page:#fff!important}</style>',
      /^scheme: the button does not turn it/,
    ],
  ])('%s', async (_, where, what, found) => {
    const page = fs.readFileSync(path.join(EMBEDDED, name), 'utf8')
    const planted = page.replace(where, what)
    expect(planted).not.toBe(page)
    const file = path.join(folder, 'planted.html')
    fs.writeFileSync(file, planted)
    expect((await problemsOf(browser, file, phone)).filter(problem => found.test(problem))).not.toEqual([])
  })
})
