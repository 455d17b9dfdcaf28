import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { requireWritable } from '../../lib/cli/require-writable.ts'
import { UsageError } from '../../lib/errors/index.ts'
import { run, scratchFolder } from './io.ts'

const folder = scratchFolder()
const at = (name: string): string => path.join(folder, name)
fs.writeFileSync(at('events.csv'), 'who,when,spent\nann,2024-01-02,10\nann,2024-02-02,10\n')
fs.mkdirSync(at('a-folder.csv'))

const ASKED = [
  'predict',
  at('events.csv'),
  '--map',
  'customer=who,time=when,amount=spent',
  '--cutoff',
  '2024-02-01',
  '--horizon',
  '9d',
  '--model',
  'mean',
]

test.each([
  ['out.xlsx', /neither CSV nor Parquet/, /out\.xlsx$/, /\.csv or \.parquet/],
  ['no/such/folder/out.csv', /no folder to write into/, /no.such.folder$/, /mkdir -p/],
  ['events.csv/out.csv', /a file where a folder should be/, /events\.csv$/, /another place/],
  ['a-folder.csv', /no file/, /a-folder\.csv$/, /another name/],
])('--out %s is refused before any work: exit 2', async (name, what, where, remedy) => {
  const { code, stderr } = await run(...ASKED, '--out', at(name))
  const [first, second, third, ...more] = stderr.trimEnd().split('\n')
  expect(first).toMatch(what)
  expect(second).toMatch(where)
  expect(third).toMatch(remedy)
  expect({ code, more }).toEqual({ code: 2, more: [] })
})

test('a folder that one may not write into', context => {
  const locked = at('locked')
  fs.mkdirSync(locked, { mode: 0o555 })
  if (canWrite(locked)) context.skip('this user may write anywhere')
  expect(() => requireWritable(path.join(locked, 'out.csv'))).toThrow(UsageError)
  expect(() => requireWritable(path.join(locked, 'out.csv'))).toThrow(/may not write into the folder/)
})

test('a name that the system refuses is named when it is written, exit 1, and nothing is left', async () => {
  const before = fs.readdirSync(folder)
  const { code, stderr } = await run(...ASKED, '--out', at(`${'x'.repeat(300)}.csv`))
  expect(code).toBe(1)
  expect(stderr).toMatch(/the predictions cannot be written: ENAMETOOLONG.*\n {2}where: .*x\.csv\n {2}way out: /)
  expect(stderr).not.toMatch(/^ +at /m)
  expect(fs.readdirSync(folder)).toEqual(before)
})

test('what is there is replaced only by a whole file', async () => {
  fs.writeFileSync(at('kept.csv'), 'mine')
  expect((await run(...ASKED.slice(0, -1), 'bg-nbd', '--out', at('kept.csv'))).code).toBe(1)
  expect(fs.readFileSync(at('kept.csv'), 'utf8')).toBe('mine')
  expect((await run(...ASKED, '--out', at('kept.csv'))).code).toBe(0)
  expect(fs.readFileSync(at('kept.csv'), 'utf8')).toMatch(/^customer_id,model,/)
})

function canWrite(place: string): boolean {
  try {
    fs.writeFileSync(path.join(place, 'x'), '')
    return true
  } catch {
    return false
  }
}
