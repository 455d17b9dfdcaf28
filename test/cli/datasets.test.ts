import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openDataset } from '../../lib/data/index.ts'
import { run, scratchFolder } from './io.ts'

const folder = scratchFolder()

interface Listed {
  readonly datasets: readonly {
    readonly name: string
    readonly state: string
    readonly bytes: number | null
    readonly licence: string
  }[]
}

const states = async (place: string): Promise<Readonly<Record<string, string>>> => {
  const { stdout } = await run('datasets', 'list', '--folder', place, '--json')
  return Object.fromEntries((JSON.parse(stdout) as Listed).datasets.map(({ name, state }) => [name, state]))
}

test('the list has name, state, size and licence of each; `datasets` alone lists', async () => {
  const { code, stdout, stderr } = await run('datasets', '--folder', folder)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^online-retail +absent +48\.0 MB +Online Retail +CC BY 4\.0/m)
  expect(stdout).toMatch(/^cdnow +absent +2\.2 MB/m)
  expect(stdout).toMatch(/^simulated +absent +made/m)
  expect((await run('datasets', 'list', '--folder', folder)).stdout).toBe(stdout)
  expect(await states(folder)).toEqual({ simulated: 'absent', 'online-retail': 'absent', cdnow: 'absent' })
})

test('a damaged file is listed as damaged', async () => {
  fs.mkdirSync(path.join(folder, 'damaged', 'cdnow'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'damaged', 'cdnow', 'CDNOW_sample.txt'), '00001')
  expect((await states(path.join(folder, 'damaged')))['cdnow']).toBe('damaged')
})

test('simulate writes a set that opens and is listed as present; the same seed gives the same checksum', async () => {
  const simulate = (name: string, seed: string) =>
    run(
      'datasets',
      'simulate',
      '--customers',
      '50',
      '--seed',
      seed,
      '--from',
      '2023-01-02',
      '--folder',
      path.join(folder, name),
      '--json',
    )
  const [first, again, other] = [await simulate('one', '5'), await simulate('two', '5'), await simulate('three', '6')]
  const told = JSON.parse(first.stdout) as { readonly folder: string; readonly checksum: string; readonly customers: number }
  expect(told).toMatchObject({ folder: path.join(folder, 'one', 'simulated'), customers: 50 })
  expect((JSON.parse(again.stdout) as typeof told).checksum).toBe(told.checksum)
  expect((JSON.parse(other.stdout) as typeof told).checksum).not.toBe(told.checksum)
  expect((await states(path.join(folder, 'one')))['simulated']).toBe('present')
  await using log = await openDataset(told.folder)
  expect(log.facts).toMatchObject({ checksum: told.checksum, customers: 50 })
})

test('a shorter log leaves out the campaigns that lie outside', async () => {
  const { code, stderr } = await run(
    'datasets',
    'simulate',
    '--customers',
    '20',
    '--to',
    '2023-12-31',
    '--cutoff',
    '2023-07-01',
    '--folder',
    path.join(folder, 'short'),
  )
  expect({ code, stderr: stderr.includes('clvlab:') }).toEqual({ code: 0, stderr: false })
})

test.each([
  [['datasets', 'lits'], 2, /perhaps "list" is meant/],
  [['datasets', 'get'], 2, /NAME is missing/],
  [['datasets', 'get', 'cdnov'], 2, /perhaps "cdnow" is meant/],
  [['datasets', 'get', 'cdnow', '--url', 'here.zip'], 2, /no address/],
  [['datasets', 'list', 'x'], 2, /one argument too many/],
  [['datasets', '--fodler', 'x'], 2, /--folder is meant/],
  [['datasets', 'simulate', '--customers', 'many'], 2, /--customers/],
  [['datasets', 'simulate', '--process', 'x'], 2, /pareto-nbd/],
  [['datasets', 'simulate', '--cutoff', '2011-02-30'], 2, /--cutoff/],
  [['datasets', 'get', 'cdnow', '--url', 'http://127.0.0.1:9/x'], 1, /broke off/],
] as const)('clvlab %j: exit code %i and a word on the way out', async (argv, code, message) => {
  const ran = await run(...argv, ...(argv.includes('get' as never) ? ['--folder', path.join(folder, 'errors')] : []))
  expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code, stdout: '' })
  expect(ran.stderr).toMatch(message)
})

test('with --json an error goes to stdout too', async () => {
  const { code, stdout } = await run('datasets', 'get', 'cdnov', '--json', '--folder', folder)
  expect(code).toBe(2)
  expect(JSON.parse(stdout)).toMatchObject({ error: { name: 'UsageError', code: 'unknown-dataset' } })
})

test.each([
  ['datasets', '--help'],
  ['datasets', 'get', '--help'],
  ['datasets', 'simulate', '-h'],
])('%s %s %s helps', async (...argv) => {
  const { code, stdout } = await run(...argv)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^clvlab datasets/)
})

test('the cutoff follows the days of the log; one that does not fit is named', async () => {
  const simulate = async (...more: readonly string[]) =>
    await run('datasets', 'simulate', '--customers', '20', '--from', '2020-01-01', '--to', '2021-01-01', ...more)
  const place = path.join(folder, 'moved')
  expect((await simulate('--folder', place)).code).toBe(0)
  const manifest = JSON.parse(fs.readFileSync(path.join(place, 'simulated', 'manifest.json'), 'utf8')) as { options: object }
  expect(manifest.options).toMatchObject({ cutoff: '2020-07-02' })
  const { code, stderr } = await simulate('--folder', place, '--cutoff', '2024-01-01')
  expect({ code, named: /2024-01-01 does not lie within the log.*\n {2}where: --cutoff/.test(stderr) }).toEqual({
    code: 2,
    named: true,
  })
})

test.runIf(process.platform === 'linux')(
  'a folder that the system makes nothing in is a named error, not an endless loop',
  async () => {
    const { code, stderr } = await run('datasets', 'simulate', '--customers', '20', '--folder', '/proc/clvlab')
    expect({ code, named: stderr.includes('the folder cannot be written') }).toEqual({ code: 1, named: true })
  },
)
