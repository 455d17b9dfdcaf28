import fs from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { exportHtml } from '../../lib/report/index.ts'
import { drawing, notebook, provenance } from '../report/notebook.ts'
import { run, scratchFolder } from './io.ts'

const folder = scratchFolder()
const at = (name: string): string => path.join(folder, name)
const report = at('r.html')
fs.writeFileSync(report, await exportHtml(notebook('# A study'), { provenance, drawing }))
afterEach(() => void vi.unstubAllEnvs())

test.skipIf(process.platform === 'win32')('a report goes to paper beside itself, or where --out says', async () => {
  fs.writeFileSync(
    at('browser'),
    '#!/bin/sh\nfor each in "$@"; do case $each in --print-to-pdf=*) echo %PDF-1.4 > "${each#--print-to-pdf=}";; esac; done\n',
    { mode: 0o755 },
  )
  vi.stubEnv('CLVLAB_CHROMIUM', at('browser'))
  expect(await run('report', 'pdf', at('r.md'))).toMatchObject({ code: 0, stdout: `${at('r.pdf')}\n` })
  expect(await run('report', 'pdf', report, '--out', at('sub/other.pdf'))).toMatchObject({
    code: 0,
    stdout: `${at('sub/other.pdf')}\n`,
  })
  expect(fs.readFileSync(at('sub/other.pdf'), 'utf8')).toBe('%PDF-1.4\n')
})

test('without a browser: a named error with the way out', async () => {
  vi.stubEnv('CLVLAB_CHROMIUM', at('gone'))
  expect(await run('report', 'pdf', report)).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/names a browser that is not there[\s\S]*way out: /) as string,
  })
})

test('what is no report is a usage error that says what to do', async () => {
  expect(await run('report', 'pdf', at('gone.html'))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no such report') as string,
  })
  fs.writeFileSync(at('foreign.html'), '<p>clvlab report</p><script>fetch("file:///etc/passwd")</script>')
  expect(await run('report', 'pdf', at('foreign.html'))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('was not made by clvlab, and is not opened') as string,
  })
  expect(fs.existsSync(at('foreign.pdf'))).toBe(false)
  fs.writeFileSync(at('n.ipynb'), '{}')
  expect(await run('report', 'pdf', at('n.ipynb'))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('`clvlab report') as string,
  })
})
