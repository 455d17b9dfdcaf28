import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { simulateToParquet } from '../../lib/data/simulator/index.ts'
import { run, scratchFolder } from './io.ts'

const folder = scratchFolder()
const at = (...names: readonly string[]): string => path.join(folder, ...names)
const CSV = 'who,when,spent\nann,2024-01-02,10\nann,2024-02-02,10\nbob,2024-01-20,4\nbob,2024-01-05,x\n,2024-01-06,"1"\n'
fs.writeFileSync(at('events.csv'), CSV)
const ASKED = ['--map', 'customer=who,time=when,amount=spent', '--cutoff', '2024-02-01', '--horizon', '2d', '--model', 'mean']

beforeAll(async () => {
  await simulateToParquet({ folder: at('set'), customers: 30 })
  fs.symlinkSync(at('set'), at('same-set'))
  fs.symlinkSync(at('events.csv'), at('link.csv'))
  fs.linkSync(at('events.csv'), at('hard.csv'))
})

/** Every file of the set, and the events, as they are now. */
const sources = (): readonly string[] =>
  ['set/events.parquet', 'set/customers.parquet', 'set/manifest.json', 'events.csv'].map(name =>
    fs.readFileSync(at(name)).toString('base64'),
  )

test.each([
  ['set', 'set/events.parquet', /would be overwritten|is read from/],
  ['set', 'set/new.csv', /the folder .* is read from/],
  ['set', 'same-set/events.parquet', /the folder .* is read from/],
  ['same-set', 'set/customers.parquet', /the folder .* is read from/],
  ['set/manifest.json', 'set/events.parquet', /the folder .* is read from/],
])('predict %s --out %s would destroy what it reads: exit 2, and nothing is touched', async (events, out, message) => {
  const before = sources()
  const { code, stderr } = await run('predict', at(events), '--model', 'mean', '--out', at(out))
  expect(code).toBe(2)
  expect(stderr).toMatch(message)
  expect(stderr).toMatch(/where: --out/)
  expect(sources()).toEqual(before)
  expect(fs.existsSync(at('set/new.csv'))).toBe(false)
})

test.each(['events.csv', 'link.csv', 'hard.csv'])('predict events.csv --out %s is refused', async out => {
  const { code, stderr } = await run('predict', at('events.csv'), ...ASKED, '--out', at(out))
  expect({ code, kept: fs.readFileSync(at('events.csv'), 'utf8') }).toEqual({ code: 2, kept: CSV })
  expect(stderr).toMatch(/events\.csv would be overwritten/)
})

test('a link as --out stays one: what it points to is written; one that points to nothing is refused', async () => {
  fs.writeFileSync(at('target.csv'), 'old')
  fs.symlinkSync(at('target.csv'), at('out.csv'))
  expect((await run('predict', at('events.csv'), ...ASKED, '--out', at('out.csv'))).code).toBe(0)
  expect(fs.lstatSync(at('out.csv')).isSymbolicLink()).toBe(true)
  expect(fs.readFileSync(at('target.csv'), 'utf8')).toMatch(/^customer_id,model/)
  fs.symlinkSync(at('gone.csv'), at('dangling.csv'))
  const { code, stderr } = await run('predict', at('events.csv'), ...ASKED, '--out', at('dangling.csv'))
  expect(code).toBe(2)
  expect(stderr).toMatch(/the link points to nothing\n {2}where: .*dangling\.csv -> .*gone\.csv/)
})

test('--rejected lists every rejected row with its line, for predict and evaluate, and never over a source', async () => {
  const listed = 'line,reason,row\n5,amount is no number,"bob,2024-01-05,x"\n6,no customer,",2024-01-06,1"\n'
  const out = at('clv.csv')
  const predicted = await run('predict', at('events.csv'), ...ASKED, '--out', out, '--rejected', at('bad.csv'))
  expect({ code: predicted.code, listed: fs.readFileSync(at('bad.csv'), 'utf8') }).toEqual({ code: 0, listed })
  const compare = ['evaluate', out, at('events.csv'), ...ASKED.slice(0, 2), '--bootstrap', '0', '--rejected']
  await run(...compare, at('worse.csv'))
  expect(fs.readFileSync(at('worse.csv'), 'utf8')).toBe(listed)
  for (const source of ['clv.csv', 'events.csv']) expect((await run(...compare, at(source))).code).toBe(2)
  expect((await run('predict', at('events.csv'), ...ASKED, '--out', out, '--rejected', out)).code).toBe(2)
  expect((await run('predict', at('events.csv'), ...ASKED, '--out', out, '--rejected', at('bad.parquet'))).stderr).toMatch(
    /does not say CSV/,
  )
})

test.each([
  [['predict', 'events.csv', '--json', '--foo'], 'unknown-option'],
  [['predict', 'events.csv', '--json', '--out'], 'no-value'],
  [['evaluate', '--bogus', '--json'], 'unknown-option'],
  [['datasets', 'list', '--bogus', '--json'], 'unknown-option'],
  [['datasets', 'lst', '--json'], 'unknown-action'],
  [['report', 'diff', '--bogus', '--json'], 'unknown-option'],
])('%j: with --json a command line that is not understood is told on stdout too', async (argv, code) => {
  const ran = await run(...argv)
  expect(ran.code).toBe(2)
  expect(JSON.parse(ran.stdout)).toMatchObject({ error: { name: 'UsageError', code } })
})

test('report diff and report pdf do not write over what they read', async () => {
  fs.writeFileSync(at('a.html'), 'a report')
  expect((await run('report', 'diff', at('a.html'), at('a.html'), '--out', at('a.html'))).stderr).toMatch(/would be overwritten/)
  expect((await run('report', 'pdf', at('a.html'), '--out', at('a.html'))).stderr).toMatch(/would be overwritten/)
  expect(fs.readFileSync(at('a.html'), 'utf8')).toBe('a report')
})
