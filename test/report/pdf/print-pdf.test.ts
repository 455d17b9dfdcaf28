import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { findBrowser, printPdf } from '../../../lib/report/index.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-pdf-test-'))
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => path.join(folder, name)

/** A browser that does what this line of shell says; $pdf is where the PDF is wanted. */
function browser(name: string, does: string): string {
  fs.writeFileSync(
    at(name),
    `#!/bin/sh\nfor each in "$@"; do case $each in --print-to-pdf=*) pdf=\${each#--print-to-pdf=};; esac; last=$each; done\n${does}\n`,
    { mode: 0o755 },
  )
  return at(name)
}

describe('the browser', () => {
  test('is the one that the variable names, else the first known name on the path', () => {
    browser('chromium', '')
    browser('mine', '')
    expect(findBrowser({ CLVLAB_CHROMIUM: at('mine'), PATH: folder })).toBe(at('mine'))
    expect(findBrowser({ PATH: ['/nowhere', folder].join(path.delimiter) })).toBe(at('chromium'))
  })

  test('is missed by name, with the way out', () => {
    expect(() => findBrowser({ PATH: '/nowhere' }, [])).toThrow(
      expect.objectContaining({ code: 'no-browser', remedy: expect.stringContaining('install chromium') as string }),
    )
    expect(() => findBrowser({ CLVLAB_CHROMIUM: at('gone'), PATH: folder })).toThrow(
      expect.objectContaining({ code: 'no-browser', where: at('gone') }),
    )
  })
})

describe.skipIf(process.platform === 'win32')('the print', () => {
  test('is what the browser printed of the page', async () => {
    await printPdf(browser('good', 'echo "%PDF-1.4 of $last" > "$pdf"'), at('a b.html'), at('out.pdf'))
    expect(fs.readFileSync(at('out.pdf'), 'utf8')).toMatch(/^%PDF-1\.4 of file:\/\/.*a%20b\.html\n$/)
  })

  test.each([
    ['prints nothing', 'echo "no display" >&2; exit 1', 'no display'],
    ['prints no PDF', 'echo oops > "$pdf"', 'said nothing'],
  ])('of a browser that %s is a named error, and what was there stays', async (name, does, what) => {
    fs.writeFileSync(at('kept.pdf'), 'kept')
    await expect(printPdf(browser(name, does), at('a.html'), at('kept.pdf'))).rejects.toMatchObject({
      code: 'not-printed',
      message: expect.stringContaining(what) as string,
    })
    expect(fs.readFileSync(at('kept.pdf'), 'utf8')).toBe('kept')
  })

  test('of a browser that cannot be started is a named error, and no scratch is left', async () => {
    const before = fs.readdirSync(os.tmpdir()).filter(name => /^clvlab-pdf-(?!test)/.test(name))
    await expect(printPdf(at('nothing'), at('a.html'), at('never.pdf'))).rejects.toMatchObject({ code: 'not-printed' })
    expect(fs.existsSync(at('never.pdf'))).toBe(false)
    expect(fs.readdirSync(os.tmpdir()).filter(name => /^clvlab-pdf-(?!test)/.test(name))).toEqual(before)
  })
})
