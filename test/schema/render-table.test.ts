import { expect, test } from 'vitest'
import { DISPLAY, Table } from '../../lib/schema/index.ts'

type Shown = { readonly name: string; readonly spend: number; readonly day: Date; readonly again: boolean }

const table = Table.fromColumns<Shown>({
  name: ['<b>"Ann" & Bo</b>', 'Cy'],
  spend: Float64Array.of(1234.5, NaN),
  day: [new Date('2011-06-09'), new Date('2011-06-10')],
  again: [true, false],
})

test('text is aligned in fixed columns, numbers to the right, missing values a dash', () => {
  expect(table[DISPLAY]().data['text/plain']).toBe(
    [
      'name                  spend  day         again',
      '─────────────────  ────────  ──────────  ─────',
      '<b>"Ann" & Bo</b>  1,234.50  2011-06-09  yes',
      'Cy                        –  2011-06-10  no',
      '2 rows × 4 columns; known before the cutoff',
    ].join('\n'),
  )
})

test('HTML escapes what cells hold, and says types and size', () => {
  const html = String(table[DISPLAY]().data['text/html'])
  expect(html).not.toContain('<b>')
  expect(html).toContain('&#60;b&#62;&#34;Ann&#34; &#38; Bo')
  expect(html).toContain('<th scope="col" class="number">spend<small>number, 1 missing</small></th>')
  expect(html).toContain('2 rows × 4 columns')
})

test("HTML names no colour but the text's own, so it reads on light and on dark", () => {
  expect(String(table[DISPLAY]().data['text/html'])).not.toMatch(/#[0-9a-f]{3,6}[;}]|rgb\(|:(white|black)/)
})

test('long and wide tables are cut, and say so', () => {
  const wide = Table.fromColumns<Record<string, number>>(
    Object.fromEntries(Array.from({ length: 30 }, (_, c) => [`column_${c}`, Float64Array.from({ length: 50 }, (_, i) => i)])),
  )
  const text = String(wide[DISPLAY]().data['text/plain'])
  expect(text).toContain('50 rows × 30 columns, the first 20 shown')
  expect(text).toMatch(/and \d+ more columns/)
  expect(Math.max(...text.split('\n').map(line => line.length))).toBeLessThanOrEqual(120)
})

const cells = (...values: number[]) =>
  String(Table.of({ x: Float64Array.from(values) })[DISPLAY]().data['text/plain'])
    .split('\n')
    .slice(2, -1)
    .map(line => line.trim())

test('numbers of one column share their decimals; tiny and huge ones are exponential', () => {
  expect(cells(0.5, 0.25)).toEqual(['0.500', '0.250'])
  expect(cells(1, -2000000)).toEqual(['1', '−2,000,000'])
  expect(cells(1e-7, 0)).toEqual(['1.000e−7', '0'])
})

test('an empty table shows its columns', () => {
  expect(String(Table.fromColumns({ a: [] as string[] })[DISPLAY]().data['text/plain'])).toContain('0 rows × 1 column')
})

test('a long table has pages that are turned without a script, and its first page alone where style is taken away', () => {
  const long = Table.of({ x: Float64Array.from({ length: 1234 }, (_, i) => (i % 100 === 50 ? NaN : i)) })
  const html = String(long[DISPLAY]().data['text/html'])
  expect(html.match(/<tbody/g)).toHaveLength(10)
  expect(html.match(/<tbody hidden="hidden">/g)).toHaveLength(9)
  expect(html).toContain(
    '<label><input type="radio" name="page" checked>1–20</label><label><input type="radio" name="page">21–40</label>',
  )
  expect(html).toContain('of 1,234; rows from 201 on are not in this output')
  expect(html).toContain('x<small>number, 12 missing</small>')
  expect(html).toContain('<p class="pages" role="group" aria-label="Rows" hidden="hidden">')
  expect(html).not.toMatch(/<script|\son\w+=|https?:/)
})

test('a wide table has fewer pages, so that a notebook stays small', () => {
  const wide = Table.fromColumns<Record<string, string>>(
    Object.fromEntries(Array.from({ length: 30 }, (_, c) => [`c${c}`, Array.from({ length: 500 }, () => 'some words of text')])),
  )
  const html = String(wide[DISPLAY]().data['text/html'])
  expect(html.length).toBeLessThan(60_000)
  expect(html.match(/<tbody/g)).toHaveLength(2)
})

test('a title stands above, and a column that has words for its name bears them without its type', () => {
  const { data } = table.titled('Who <bought>', { spend: 'spend, in £' })[DISPLAY]()
  expect(String(data['text/plain'])).toMatch(/^Who <bought>\n\nname +spend, in £ +day/)
  expect(String(data['text/html'])).toContain('<table><caption>Who &#60;bought&#62;</caption>')
  expect(String(data['text/html'])).toContain('<th scope="col" class="number">spend, in £</th>')
  expect(table.titled('T').select('name')[DISPLAY]()).toEqual(table.select('name')[DISPLAY]())
})
