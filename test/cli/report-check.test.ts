import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { checkout } from './checkout.ts'
import { run } from './io.ts'

const { root, at, build, write } = checkout()
const report = at('reports/embedded/01-good.html')

function clvlab(...argv: readonly string[]) {
  return spawnSync(process.execPath, [at('bin/clvlab.js'), ...argv], { cwd: root, encoding: 'utf8' })
}

function changed(file: string, from: string, to: string): void {
  const text = fs.readFileSync(file, 'utf8')
  expect(text).toContain(from)
  fs.writeFileSync(file, text.replaceAll(from, to))
}

beforeAll(() => {
  build()
  write('01-good', '6 * 7', `import { finding } from 'clvlab'\nfinding('of customers stay', '70%')`)
  write('02-other', '1')
  expect(clvlab('start').status).toBe(0)
})

test('reports that hold: exit 0, though date, duration, machine and commit are others, and no report is touched', () => {
  changed(report, '<dt>Commit</dt><dd>', '<dt>Commit</dt><dd>another than ')
  const before = fs.readFileSync(report, 'utf8')
  const { status, stdout } = clvlab('report', 'check')
  expect(stdout).toBe('holds    01-good\nholds    02-other\n2 of 2 reports hold\n')
  expect(status).toBe(0)
  expect(fs.readFileSync(report, 'utf8')).toBe(before)
})

test('another number, a notebook that fails now, a report that no notebook makes: exit 1, each said with what was and is there', () => {
  changed(report, '<pre class=result>42<', '<pre class=result>43<')
  fs.copyFileSync(report, at('reports/embedded/00-gone.html'))
  fs.writeFileSync(at('reports/embedded/00-card.json'), '{}')
  fs.mkdirSync(at('reports/embedded/images/00-pictures'), { recursive: true })
  write('02-other', `throw new Error('as planned')`)
  const { status, stdout } = clvlab('report', 'check')
  expect(status).toBe(1)
  expect(stdout).toContain('differs  01-good\n  cell c0\n    was  43\n    now  42\n')
  expect(stdout).toMatch(/differs {2}02-other: the notebook failed\n/)
  expect(stdout).toContain('differs  00-gone\n  the report\n    was  there\n    now  no notebook makes it\n')
  for (const left of ['00-card', '00-pictures']) expect(stdout).toContain(`differs  ${left}\n`)
  expect(stdout).toContain('0 of 5 reports hold')
})

test('an argument too many and a notebook that is not there are usage errors', async () => {
  expect((await run('report', 'check', 'all')).code).toBe(2)
  expect((await run('report', 'check', '--notebook', '99')).code).toBe(2)
})
