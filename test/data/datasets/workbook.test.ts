import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFirstSheet, type SheetCell } from '../../../lib/data/datasets/workbook.ts'
import { workbookFile, workbookOf } from './workbook-file.ts'

let folder: string
beforeAll(() => void (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-workbook-'))))
afterAll(() => fs.rmSync(folder, { recursive: true }))

async function rowsOf(content: Buffer): Promise<SheetCell[][]> {
  const file = path.join(folder, 'book.xlsx')
  fs.writeFileSync(file, content)
  const rows: SheetCell[][] = []
  await readFirstSheet(file, cells => rows.push([...cells]))
  return rows
}

test('strings, numbers and empty cells come back, each in its column', async () => {
  const rows = [
    ['a', 'b & <c>', ' kept '],
    [1, undefined, -2.5],
    ['a', 'ü', 1e-3],
  ]
  expect(await rowsOf(workbookFile(rows))).toEqual(rows)
})

test('cells without a reference follow one another, and columns go on after Z', async () => {
  const rows = await rowsOf(workbookOf('<row><c><v>1</v></c><c><v>2</v></c><c r="AB1"><v>3</v></c></row>'))
  expect(rows[0]).toHaveLength(28)
  expect([0, 1, 27].map(i => rows[0]?.[i])).toEqual([1, 2, 3])
})

test('inline and rich strings are joined, phonetic hints left out', async () => {
  const strings = '<si><r><t>ri</t></r><r><t>ch</t></r><rPh sb="0" eb="1"><t>hint</t></rPh></si>'
  const cells =
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c></row>'
  expect(await rowsOf(workbookOf(cells, strings))).toEqual([['rich', 'inline']])
})

test('a sheet that breaks off is named', async () => {
  await expect(rowsOf(workbookOf('<row r="1"><c r="A1"><v>1</c></row>'))).rejects.toMatchObject({
    name: 'DataError',
    code: 'damaged-workbook',
    what: /sheet1\.xml/,
  })
})
