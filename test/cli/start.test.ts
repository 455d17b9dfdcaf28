import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { simulateToParquet } from '../../lib/data/simulator/index.ts'
import { checkout } from './checkout.ts'

const { root, at, build, write } = checkout()
const data = at('set')
let local = ''

/** `npm start` in a checkout of its own, with notebooks of its own; the packages are this one's. */
function start(...argv: readonly string[]) {
  return spawnSync(process.execPath, [at('bin/start.js'), ...argv], { cwd: root, encoding: 'utf8' })
}

beforeAll(async () => {
  build()
  write('01-good', '1 + 1', '2', '3', '4', '`read ${data}`')
  write('02-broken', '`before the fault`', `throw new Error('as planned')`, '`behind the fault`')
  write('03-last', '`also run`')
  const { checksum } = await simulateToParquet({ folder: data, customers: 50 })
  local = `local/simulated-${checksum.slice(0, 8)}`
})

describe('clvlab start', () => {
  test('a failing notebook: exit 1, what ran is written and marked, its report too, and the others still run', () => {
    const { status, stdout, stderr } = start('--data', data)
    expect(status).toBe(1)
    expect(stderr).toMatch(/failed: cell 4: Error: as planned/)
    const executed = JSON.parse(fs.readFileSync(at(`.cache/runs/${local}/02-broken.ipynb`), 'utf8')) as {
      readonly metadata: object
      readonly cells: readonly { readonly id: string; readonly outputs?: readonly unknown[] }[]
    }
    expect(executed.metadata).toMatchObject({ clvlab: { status: 'failed', reason: 'cell 4: Error: as planned' } })
    expect(Object.fromEntries(executed.cells.map(({ id, outputs }) => [id, outputs?.length]))).toMatchObject({
      c0: 1,
      c1: 1,
      c2: 0,
    })
    const report = (name: string): string => fs.readFileSync(at(`reports/${local}`, name), 'utf8')
    expect(stderr).toContain(`report of the failed run: ${at(`reports/${local}/02-broken.html`)}`)
    for (const ending of ['html', 'md']) {
      expect(report(`02-broken.${ending}`)).toMatch(/This run failed\..* as planned/)
      expect(report(`02-broken.${ending}`)).toMatch(/before the fault/)
      expect(report(`01-good.${ending}`)).not.toMatch(/This run failed/)
      expect(report(`03-last.${ending}`)).toMatch(/also run/)
    }
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(at('reports/index.html'))
    expect(fs.readFileSync(at('reports/index.html'), 'utf8')).toMatch(/02-broken/)
  })

  test('tells what runs, how long it has, and how much is left; hands the folder to the notebook; ends with the path of the index', () => {
    const { status, stdout, stderr } = start('--data', data, '--notebook', '01')
    expect(status).toBe(0)
    expect(stderr).toMatch(/^data: Simulated shop, 50 customers, \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d$/m)
    expect(stderr).toMatch(/^notebook 1 of 1: 01-good$/m)
    expect(stderr).toMatch(/^ {2}cell 3 of 7, \d+ s {2}1 \+ 1$/m)
    expect(stderr).toMatch(/^ {2}cell 6 of 7, \d+ s, about \d+ s left {2}4$/m)
    expect(fs.readFileSync(at(`reports/${local}/01-good.md`), 'utf8')).toMatch(/read \.\.\/set/)
    expect(stdout).toBe(`${at('reports/index.html')}\n`)
  })

  test('a second start installs and builds nothing', () => {
    const before = fs.statSync(at('dist/.stamp')).mtimeMs
    const { stderr } = start('--data', data, '--notebook', '03')
    expect(stderr).not.toMatch(/installing|built/)
    expect(fs.statSync(at('dist/.stamp')).mtimeMs).toBe(before)
  })

  test('a folder without a known file, one that is not there, and a notebook that is not: named, with the way out, and nothing is written', () => {
    fs.rmSync(at('reports'), { recursive: true, force: true })
    const nothing = start('--data', at('notebooks'))
    expect(nothing).toMatchObject({ status: 1, stdout: '' })
    expect(nothing.stderr).toMatch(
      /^clvlab: the folder holds no data set that is known here\n {2}where: .*notebooks\n {2}way out: known are manifest\.json, online_retail\.csv/,
    )
    expect(start('--data', at('gone'))).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/no such file or folder\n {2}where: .*gone\n {2}way out: /),
    })
    expect(start('--notebook', '99')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/no notebook's name begins with "99"\n {2}way out: there are 01-good, 02-broken, 03-last/),
    })
    expect(fs.existsSync(at('reports'))).toBe(false)
  })
})
