import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ReportError } from '../../errors/index.ts'
import { writeWhole } from '../write-whole.ts'

/** Milliseconds after which a browser is taken to hang. */
const LIMIT = 120_000

/**
 * Prints a page of ours by a headless browser in a profile of its own, whole or not at all.
 *
 * @throws ReportError `not-printed` with what the browser said; `cannot-write`
 */
export async function printPdf(browser: string, page: string, out: string): Promise<void> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-pdf-'))
  const clear = (): void => fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  process.once('exit', clear)
  try {
    const file = path.join(scratch, 'report.pdf')
    const said = await ran(browser, [
      '--headless=new',
      '--disable-gpu',
      '--no-first-run',
      '--disable-extensions',
      '--disable-dev-shm-usage',
      '--no-pdf-header-footer',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${path.join(scratch, 'profile')}`,
      '--generate-pdf-document-outline',
      `--print-to-pdf=${file}`,
      pathToFileURL(page).href,
    ])
    const pdf = fs.existsSync(file) ? fs.readFileSync(file) : Buffer.alloc(0)
    if (pdf.subarray(0, 5).toString('latin1') !== '%PDF-') {
      throw new ReportError({
        code: 'not-printed',
        what: `the browser printed nothing: ${said.trim().split('\n').slice(-3).join(' | ') || 'it said nothing'}`,
        where: browser,
        remedy: 'open the report in a browser and print it from there',
      })
    }
    await writeWhole(out, pdf)
  } finally {
    process.removeListener('exit', clear)
    clear()
  }
}

/** What a program said before it ended. It is ended with this process, and after the limit. */
async function ran(program: string, argv: readonly string[]): Promise<string> {
  return await new Promise(resolve => {
    let said = ''
    const child = spawn(program, argv, { stdio: ['ignore', 'pipe', 'pipe'] })
    const end = (): void => void child.kill('SIGKILL')
    const late = setTimeout(() => {
      said += `it did not end within ${LIMIT / 1000} s`
      end()
    }, LIMIT)
    process.prependOnceListener('exit', end)
    const done = (): void => {
      clearTimeout(late)
      process.removeListener('exit', end)
      resolve(said)
    }
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => void (said += bytes.toString('utf8')))
    child.once('error', error => {
      said += error.message
      done()
    })
    child.once('close', done)
  })
}
