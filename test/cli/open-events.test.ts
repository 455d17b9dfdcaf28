import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { run, scratchFolder, type Ran } from './io.ts'

const folder = scratchFolder()
const at = (name: string): string => path.join(folder, name)
const write = (name: string, content: string | Uint8Array): string => {
  fs.writeFileSync(at(name), content)
  return at(name)
}

/** What five customers bought, written by hand; line 1 is the header. */
const GOOD = `who,when,spent
ann,2024-01-02,10.50
bob,2024-01-15,99.99
cy,2024-02-01,5
ann,2024-02-03 10:00:00,20
cy,2024-02-20,7
dee,2024-03-01,12
eve,2024-03-02,8
ann,2024-04-11,30
`
const zipped = zlib.gzipSync(GOOD)

async function predict(file: string, options: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const asked = {
    map: 'customer=who,time=when,amount=spent',
    cutoff: '2024-04-01',
    horizon: '20d',
    model: 'mean',
    out: at('out.csv'),
    ...options,
  }
  return await run(
    'predict',
    file,
    ...Object.entries(asked).flatMap(([name, value]) => (value === '' ? [] : [`--${name}`, value])),
  )
}

/** A message says what, where and the way out, in three lines, and no stack; nothing is written. */
function expectNamed({ code, stdout, stderr }: Ran, exit: number, what: RegExp, where: RegExp): void {
  const [first = '', second = '', third = '', ...more] = stderr
    .trimEnd()
    .split('\n')
    .filter(line => !/rows read/.test(line))
  expect(first).toMatch(/^clvlab: /)
  expect(first).toMatch(what)
  expect(second).toMatch(/^ {2}where: /)
  expect(second).toMatch(where)
  expect(third).toMatch(/^ {2}way out: ./)
  expect({ more, stdout, code }).toEqual({ more: [], stdout: '', code: exit })
  expect(fs.readdirSync(folder).filter(name => name.startsWith('out') || name.startsWith('.'))).toEqual([])
}

describe('a file that is broken as a whole', () => {
  test.each<[name: string, content: string | Uint8Array, what: RegExp, where: RegExp]>([
    ['wrong columns', GOOD.replace('who,when', 'name,day'), /no column "who"/, /wrong columns\.csv, line 1: name, day, spent/],
    ['a column twice', GOOD.replace('who,when', 'who,who'), /names "who" twice/, /line 1/],
    ['a quote that does not close', `${GOOD}"fay,2024-01-01,3\n`, /does not close/, /line 10/],
    ['text behind a quote', `${GOOD}"fay"x,2024-01-01,3\n`, /quoted field is broken/, /line 10/],
    ['a field too few', `${GOOD}fay,2024-01-01\n`, /2 fields where the header has 3/, /line 10/],
    ['a field too many', `${GOOD}fay,2024-01-01,3,4\n`, /4 fields where the header has 3/, /line 10/],
    ['bad UTF-8', Buffer.concat([Buffer.from(GOOD), Buffer.from('andr\xe9,2024-01-01,3\n', 'latin1')]), /not UTF-8/, /line 10/],
    ['UTF-16', Buffer.from(`\uFEFF${GOOD}`, 'utf16le'), /UTF-16/, /line 1/],
    ['a NUL byte', `${GOOD}f\0y,2024-01-01,3\n`, /NUL/, /line 10/],
    ['a truncated gzip', zipped.subarray(0, zipped.length / 2), /truncated/, /after line \d+ of its content/],
    ['an empty file', '', /empty/, /an empty file\.csv/],
    ['blank lines', '\n\n', /nothing but blank lines/, /blank lines\.csv/],
    ['a header alone', 'who,when,spent\n', /no rows below its header/, /a header alone\.csv/],
    [
      'impossible dates alone',
      'who,when,spent\nann,2024-02-30,3\nbob,31/12/2024,4\n',
      /no row .* can be used; most often: no possible time/,
      /line 2: ann,2024-02-30,3/,
    ],
    [
      'negative amounts alone',
      'who,when,spent\nann,2024-02-03,-3\n',
      /most often: amount of zero or less/,
      /line 2: ann,2024-02-03,-3/,
    ],
  ])('%s', async (name, content, what, where) => {
    expectNamed(await predict(write(`${name}.csv`, content)), 1, what, where)
  })

  test('a file and a folder that are not there, a folder without the file, and a folder with a mapping', async () => {
    fs.mkdirSync(at('nothing'), { recursive: true })
    expectNamed(await predict(at('gone.csv')), 1, /no such file/, /gone\.csv/)
    expectNamed(await predict(at('gone'), { map: '' }), 1, /no such file or folder/, /gone/)
    expectNamed(await predict(at('nothing'), { map: '' }), 1, /no data set that is known/, /nothing/)
    expectNamed(await predict(at('nothing')), 2, /a folder has no columns/, /nothing/)
    expectNamed(await predict(write('good.csv', GOOD), { map: '' }), 2, /its columns need a name/, /good\.csv/)
  })
})

describe('rows that cannot be used are counted, with the first of each kind', () => {
  test('impossible dates, negative and missing amounts, no customer; exact duplicates are kept', async () => {
    const { code, stderr } = await predict(
      write(
        'rows.csv',
        `${GOOD}ann,2024-02-30,14\nann,31/12/2024,3\nann,2024-02-03,-14\nbob,2024-02-04,abc\n,2024-02-05,5\ncy,2024-02-20,7\ncy,2024-02-20,7\n`,
      ),
      { out: at('rows-out.csv') },
    )
    expect(code).toBe(0)
    expect(stderr.split('\n').slice(0, 5)).toEqual([
      '15 rows read, 10 used, 5 rejected',
      '  2 no possible time, first on line 10: ann,2024-02-30,14',
      '  1 amount is no number, first on line 13: bob,2024-02-04,abc',
      '  1 amount of zero or less, first on line 12: ann,2024-02-03,-14',
      '  1 no customer, first on line 14: ,2024-02-05,5',
    ])
    expect(stderr).toMatch(/5 customers\n5 rows of 1 model written/)
  })

  test('--json tells them too', async () => {
    const file = write('json.csv', `${GOOD}ann,2024-02-30,14\n`)
    const { stdout } = await run(
      'predict',
      file,
      '--map',
      'customer=who,time=when,amount=spent',
      '--cutoff',
      '2024-04-01',
      '--horizon',
      '20d',
      '--model',
      'mean',
      '--out',
      at('json-out.csv'),
      '--json',
    )
    expect(JSON.parse(stdout)).toMatchObject({
      events: { rejected: [{ reason: 'no possible time', rows: 1, first: { line: 10, raw: 'ann,2024-02-30,14' } }] },
    })
  })

  test('--time-format reads dates that are written otherwise, and needs a mapping', async () => {
    const file = write('german.csv', 'who,when,spent\nann,31.12.2023,3\nann,05.01.2024,4\n')
    const { code, stderr } = await predict(file, { 'time-format': '%d.%m.%Y', cutoff: '2024-01-10', out: at('german-out.csv') })
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/2 rows read, 2 used, 0 rejected[^]*\n1 customer\n1 row of 1 model/),
    })
    expectNamed(await predict(file, { 'time-format': 'day', cutoff: '2024-01-10' }), 2, /no format of a time/, /formats/)
    expectNamed(await predict(file, { 'time-format': '%d.%m.%Y', map: '' }), 2, /no column of times is mapped/, /--time-format/)
  })
})

describe('windows that cannot be', () => {
  test.each<[name: string, options: Record<string, string>, what: RegExp, where: RegExp]>([
    [
      'a cutoff before the data',
      { cutoff: '2023-01-01' },
      /2023-01-01 does not lie after 2024-01-02, the first day that is observed/,
      /cutoff/,
    ],
    ['a cutoff on the first day', { cutoff: '2024-01-02' }, /does not lie after/, /cutoff/],
    ['observed from behind the cutoff', { 'observe-from': '2024-05-01' }, /does not lie after 2024-05-01/, /cutoff/],
    ['a single day of history', { cutoff: '2024-01-03' }, /only one day/, /cutoff/],
  ])('%s', async (_, options, what, where) => {
    expectNamed(await predict(write('good.csv', GOOD), options), 2, what, where)
  })
})
