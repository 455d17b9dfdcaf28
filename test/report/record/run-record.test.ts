import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { recordHtml, recordIn } from '../../../lib/report/record/run-record.ts'
import { comparison, run, score } from '../diff/runs.ts'

const { record } = run({
  findings: [{ cell: 'f', text: 'of customers stay', value: '70%' }],
  comparisons: [
    { ...comparison(score({ sketch: 'abc' }), score({ measure: 'mae', unit: 'money', low: null })), horizon: 180, draws: 'd' },
  ],
  figures: [{ number: 1, cell: 'g', title: 'A chart' }],
})
type Written = Record<string, unknown> & { readonly comparisons: readonly Record<string, unknown>[] }
const inside = recordHtml(record).replace(/^<[^>]*>|<[^>]*>$/g, '')
const written = JSON.parse(brotliDecompressSync(Buffer.from(inside, 'base64')).toString('utf8')) as Written
const block = (text: string): string => `<script type="text/plain" id="record">${text}</script>`
const page = (value: unknown): string => block(brotliCompressSync(JSON.stringify(value)).toString('base64'))

test('a record comes back from its page as it was', () => {
  expect(recordIn(recordHtml(record))).toEqual(record)
})

test('so does one of an earlier version, as JSON', () => {
  const json = JSON.stringify(written).replaceAll('<', '\\u003c')
  expect(recordIn(`<script type="application/json" id="record">${json}</script>`)).toEqual(record)
})

test.each([
  ['nothing', ''],
  ['no base64', '!!'],
  ['half of it', inside.slice(0, inside.length / 2)],
  ['more than any record', brotliCompressSync(Buffer.alloc(17 * 2 ** 20, ' ')).toString('base64')],
])('of a block with %s no record comes', (_, text) => {
  expect(recordIn(block(text))).toBeUndefined()
})

const first = written.comparisons[0] as Record<string, unknown>
const compared = (more: Readonly<Record<string, unknown>>): unknown => ({ ...written, comparisons: [{ ...first, ...more }] })

test.each([
  ['null', null],
  ['parameters that are null', { ...written, parameters: null }],
  ['no versions', { ...written, versions: undefined }],
  ['a version that is a number', { ...written, versions: { clvlab: 1 } }],
  ['a finding that is null', { ...written, findings: [null] }],
  ['a finding whose value is an object', { ...written, findings: [{ text: 'x', cell: 'f', value: {} }] }],
  ['a figure without a number', { ...written, figures: [{ cell: 'g', title: 'x' }] }],
  ['data without a checksum', { ...written, data: { title: 'Shop' } }],
  ['a state of its own', { ...written, state: 'fine' }],
  ['comparisons that are no list', { ...written, comparisons: {} }],
  ['a score that is a string', compared({ scores: [[0, 0, '0.7', null, null, null, 1]] })],
  ['a score of a model that is not there', compared({ scores: [[7, 0, 0.7, null, null, null, 1]] })],
  ['a score without seeds', compared({ scores: [[0, 0, 0.7, null, null, null]] })],
  ['a measure of a third kind', compared({ measures: [['gini', 'Gini', 'sideways']] })],
])('a page with %s carries no record', (_, value) => {
  expect(recordIn(page(value))).toBeUndefined()
})
