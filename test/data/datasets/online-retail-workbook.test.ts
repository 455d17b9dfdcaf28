import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import zlib from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workbookToCsv } from '../../../lib/data/datasets/online-retail-workbook.ts'
import { ONLINE_RETAIL_COLUMNS } from '../../../lib/data/readers/online-retail.ts'
import { shared } from '../../support/shared.ts'
import { workbookFile } from './workbook-file.ts'

let folder: string
beforeAll(() => void (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-online-retail-'))))
afterAll(() => fs.rmSync(folder, { recursive: true }))

type Row = readonly (string | number | undefined)[]

async function csvOf(rows: readonly Row[]): Promise<string> {
  const [source, target] = [path.join(folder, 'book.xlsx'), path.join(folder, 'book.csv')]
  fs.writeFileSync(source, workbookFile(rows))
  await workbookToCsv(source, target)
  return fs.readFileSync(target, 'utf8')
}

test('a line of each kind becomes what the known file has', async () => {
  const csv = await csvOf([
    ONLINE_RETAIL_COLUMNS,
    [536365, '85123A', 'WHITE HANGING HEART', 6, 40513.351388888892, 2.5499999999999998, 17850, 'United Kingdom'],
    ['C536379', 'D', 'Discount, "7"', -1, 40513.395833333336, 27.5, undefined, 'EIRE'],
    [536544, 21773, undefined, 1, 40886.534722222219, 4, 12347, 'France'],
  ])
  expect(csv.split('\n')).toEqual([
    ONLINE_RETAIL_COLUMNS.join(','),
    '536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom',
    'C536379,D,"Discount, ""7""",-1,2010-12-01 09:30:00,27.5,,EIRE',
    '536544,21773,,1,2011-12-09 12:50:00,4.0,12347.0,France',
    '',
  ])
})

test('another sheet is refused by its columns', async () => {
  await expect(csvOf([['Invoice', 'Price']])).rejects.toMatchObject({ code: 'other-sheet', what: /columns Invoice, Price/ })
})

const known = shared('datasets/online-retail/online_retail.csv.gz')

describe.skipIf(known === undefined)('with the shared file', () => {
  test('its first 20,000 lines, made a workbook, come back byte for byte', async () => {
    const text = zlib.gunzipSync(fs.readFileSync(known as string)).toString('utf8')
    const lines = text.split('\n', 20_000)
    expect(await csvOf(lines.map((line, i) => cellsOf(line, i)))).toBe(`${lines.join('\n')}\n`)
  })
})

/** As the public workbook has them: what looks like a number is one, times are days since 1899-12-30. */
function cellsOf(line: string, index: number): Row {
  const fields = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
    .slice(0, 8)
    .map(([, each = '']) => each.replace(/^"|"$/g, '').replaceAll('""', '"'))
  if (index === 0) return fields
  return fields.map((each, column) => {
    if (each === '') return undefined
    if (column === 4) return Date.parse(`${each.replace(' ', 'T')}Z`) / 86_400_000 + 25_569
    return column !== 2 && column !== 7 && String(Number(each.replace(/\.0$/, ''))) === each.replace(/\.0$/, '')
      ? Number(each)
      : each
  })
}
