import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import zlib from 'node:zlib'
import { expect, test } from 'vitest'
import { openDataset, openLog } from '../../../lib/data/index.ts'
import { unreadable } from '../../../lib/data/readers/unreadable.ts'
import { DataError } from '../../../lib/errors/index.ts'
import { MAP, scratch } from '../files.ts'

const { folder, write } = scratch()
const HEAD = 'id,when,total\n'
const GOOD = 'ann,2020-01-01,5\n'

/** The error of a file, after checking that it names the file, a reason and a way out. */
async function failure(file: string, map = MAP): Promise<DataError> {
  const error = await openLog(file, { map }).then(
    log => log.close(),
    (cause: unknown) => cause,
  )
  expect(error).toBeInstanceOf(DataError)
  const named = error as DataError
  expect(named.where).toContain(file)
  expect(named.what.length).toBeGreaterThan(5)
  expect(named.remedy).toBeTruthy()
  return named
}

const gz = zlib.gzipSync(HEAD + GOOD.repeat(50_000))

const CASES: readonly (readonly [title: string, content: string | Uint8Array, code: string, where: RegExp, what: RegExp])[] = [
  ['an empty file', '', 'empty-file', /csv$/, /empty/],
  ['blank lines alone', '\n\n \n', 'empty-file', /csv$/, /blank lines/],
  ['a header alone', HEAD, 'no-events', /csv$/, /no rows below its header/],
  ['impossible dates alone', `${HEAD}\nann,2020-02-30,5\n`, 'no-events', /csv, line 3: ann,2020-02-30,5$/, /no possible time/],
  [
    'no amount that is a number',
    `${HEAD}ann,2020-01-01,"1,234.50"\n`,
    'no-events',
    /csv, line 2: ann,2020-01-01,"1,234.50"$/,
    /amount is no number/,
  ],
  ['a missing column', `id,wehn,total\n${GOOD}`, 'missing-column', /line 1: id, wehn, total/, /"when"/],
  ['a name that stands twice', `id,when,total,id\n`, 'duplicate-column', /line 1/, /"id" twice/],
  ['a field too few', `${HEAD}${GOOD}bob,2020-01-01\n`, 'malformed', /line 3/, /2 fields where the header has 3/],
  ['a field too many', `${HEAD}${GOOD}bob,2020-01-01,3,4\n`, 'malformed', /line 3/, /4 fields where the header has 3/],
  ['a quote that does not close', `${HEAD}${GOOD}"bob,2020-01-01,3\n`, 'broken-quoting', /line 3/, /does not close/],
  ['text after a closing quote', `${HEAD}${GOOD}"bo"b,2020-01-01,3\n`, 'malformed', /line 3/, /quoted field is broken/],
  [
    'quotes inside fields of two lines',
    `id,when,total,note\nann,2020-01-01,5,mug\nann,2020-01-01,5,5" pipe\nbob,2020-01-01,5,6" pipe\n`,
    'broken-quoting',
    /line 3$/,
    /inside a field/,
  ],
  [
    'a quote inside a field of one line',
    `id,when,total,note\nann,2020-01-01,5,5" pipe\nbob,2020-01-01,5,mug\n`,
    'broken-quoting',
    /line 2$/,
    /inside a field/,
  ],
  ['a quote inside the last field', `id,when,total\nann,2020-01-01,5" pipe`, 'broken-quoting', /line 2$/, /inside a field/],
  ['a blank first line', `\n${HEAD}${GOOD}`, 'blank-header', /line 1$/, /first line is blank/],
  ['lines that end with CR alone', (HEAD + GOOD).replaceAll('\n', '\r'), 'lone-return', /line 1$/, /CR alone/],
  ['a CR inside a field', `${HEAD}${GOOD}an\rn,2020-01-01,5\n`, 'lone-return', /line 3$/, /CR alone/],
  ['bytes that are not UTF-8', Buffer.from(`${HEAD}${GOOD}andr\xe9,2020-01-01,3\n`, 'latin1'), 'bad-utf8', /line 3/, /UTF-8/],
  [
    'a letter cut off at the end',
    Buffer.concat([Buffer.from(HEAD + GOOD), Buffer.from('é').subarray(0, 1)]),
    'bad-utf8',
    /line 3/,
    /UTF-8/,
  ],
  ['a NUL byte', `${HEAD}${GOOD}b\0b,2020-01-01,3\n`, 'nul-byte', /line 3/, /NUL/],
  [
    'a NUL byte deep in a gzip',
    zlib.gzipSync(`${HEAD}${GOOD.repeat(9)}b\0b,2020-01-01,3\n${GOOD.repeat(200_000)}`),
    'nul-byte',
    /line 11/,
    /NUL/,
  ],
  ['UTF-16', Buffer.from(`\uFEFF${HEAD}${GOOD}`, 'utf16le'), 'utf-16', /line 1/, /UTF-16/],
  ['UTF-16 without a mark', Buffer.from(HEAD + GOOD, 'utf16le'), 'nul-byte', /line 1/, /NUL/],
  ['two kinds of line ends', `id,when,total\r\nann,2020-01-01,5\r\nbob,2020-01-01,5\n`, 'mixed-line-ends', /line 3/, /two ways/],
  ['a truncated gzip', gz.subarray(0, gz.length - 20), 'truncated-gzip', /after line \d+/, /truncated/],
  ['a gzip of its first bytes', gz.subarray(0, 12), 'truncated-gzip', /after line 1/, /truncated/],
  ['a gzip with flipped bits', flipped(gz), 'damaged-gzip', /after line \d+/, /damaged/],
  ['a truncated Parquet file', Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(200, 7)]), 'damaged-parquet', /csv$/, /Parquet/],
]

test.each(CASES)('%s is a named error with file, line, reason and way out', async (title, content, code, where, what) => {
  const file = write(`${title.replaceAll(' ', '-')}.csv`, content)
  const error = await failure(file)
  expect(error.code).toBe(code)
  expect(error.where).toMatch(where)
  expect(error.what).toMatch(what)
})

test('a missing column names the nearest', async () => {
  expect((await failure(write('near.csv', `id,wehn,total\n${GOOD}`))).remedy).toBe('perhaps "wehn" is meant')
})

test('a file that is not there, a folder, and one that may not be read', async () => {
  expect((await failure(`${folder}/nowhere.csv`)).code).toBe('no-such-file')
  expect((await failure(folder)).code).toBe('is-a-folder')
  const file = write('secret.csv', HEAD + GOOD)
  fs.chmodSync(file, 0)
  const error = process.getuid?.() === 0 ? unreadable(file, { code: 'EACCES' }) : await failure(file)
  expect(error.code).toBe('no-permission')
})

test.skipIf(process.platform === 'win32')('a device is named', async () => {
  expect(await failure('/dev/null')).toMatchObject({ code: 'not-a-file', what: expect.stringContaining('a device') as string })
})

const pipe = `${folder}/pipe.csv`
const { error: noPipes } = spawnSync('mkfifo', [pipe])

test.skipIf(noPipes !== undefined)('a pipe is named, not waited for', async () => {
  expect(await failure(pipe)).toMatchObject({ code: 'not-a-file', what: expect.stringContaining('a pipe') as string })
})

test('a folder without a data set says what is known; a place that is not there says so', async () => {
  await expect(openDataset(folder)).rejects.toMatchObject({
    name: 'DataError',
    code: 'unknown-dataset',
    where: folder,
    remedy: /CDNOW_master\.txt/,
  })
  await expect(openDataset(`${folder}/none`)).rejects.toMatchObject({ code: 'no-such-file' })
})

test('known files with other content are refused, with the line', async () => {
  const retail = write(
    'retail/online_retail.csv',
    `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,Customer,Country\n`,
  )
  await expect(openDataset(retail)).rejects.toMatchObject({ code: 'missing-column', what: /CustomerID/, where: /line 1/ })
  const odd = write(
    'odd/CDNOW_master.txt',
    ' customer_id date number_of_cds dollar_value\n 00001 19970101  1   11.77\n 00002 19970101  1\n',
  )
  await expect(openDataset(odd)).rejects.toMatchObject({ code: 'malformed', where: `${odd}, line 3`, what: /3 fields where 4/ })
  const foreign = write('foreign/CDNOW_sample.txt', 'once upon a time\n')
  await expect(openDataset(foreign)).rejects.toMatchObject({ code: 'wrong-columns', where: /line 1/ })
  const manifest = write('simulated/manifest.json', '{"format":"other"}')
  await expect(openDataset(manifest)).rejects.toMatchObject({ code: 'foreign-manifest' })
})

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  for (let i = 40; i < 60; i++) copy[i] = (copy[i] as number) ^ 0xff
  return copy
}
