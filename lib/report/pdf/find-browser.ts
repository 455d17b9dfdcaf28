import fs from 'node:fs'
import path from 'node:path'
import { ReportError } from '../../errors/index.ts'

/** Where the name of a browser may be given. */
export const BROWSER_VARIABLE = 'CLVLAB_CHROMIUM'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'chrome.exe',
  'msedge.exe',
]
const PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(name => `/Applications/${name}.app/Contents/MacOS/${name}`),
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
}

/**
 * The path of a Chromium, or of a browser made from it: the one that CLVLAB_CHROMIUM names, else one that the system knows.
 *
 * @throws ReportError `no-browser`
 */
export function findBrowser(
  env: Readonly<Record<string, string | undefined>> = process.env,
  places = PLACES[process.platform] ?? [],
): string {
  const named = env[BROWSER_VARIABLE]
  if (named !== undefined && named !== '') {
    if (fs.existsSync(named)) return named
    throw new ReportError({
      code: 'no-browser',
      what: `${BROWSER_VARIABLE} names a browser that is not there`,
      where: named,
      remedy: `let it name a Chromium or Chrome, or unset it`,
    })
  }
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter(folder => folder !== '')
  const found = [...folders.flatMap(folder => NAMES.map(name => path.join(folder, name))), ...places].find(file =>
    fs.existsSync(file),
  )
  if (found !== undefined) return found
  throw new ReportError({
    code: 'no-browser',
    what: 'a PDF is printed by Chromium, and there is none here',
    remedy: `install chromium (or Chrome or Edge), or let ${BROWSER_VARIABLE} name one; or open the report in any browser and print it from there: it is made for paper too`,
  })
}
