import fc from 'fast-check'
import { expect, test } from 'vitest'
import { constantOf, Unvalued, valueInWords } from '../../../lib/report/record/constant.ts'

test.each([
  ['42', 42],
  ['1_000.5', 1000.5],
  ['-3e-2', -0.03],
  ['2 * 3', 6],
  ['7 * 24 * (60 - 0)', 10080],
  ['1 - 2 - 3', -4],
  ['true', true],
  ['null', null],
  [`'it\\'s'`, `it's`],
  ['"a\\nb"', 'a\nb'],
  ['`plain`', 'plain'],
  [`['gini', "auc",]`, ['gini', 'auc']],
  [`{ k: 'it\\'s', 'other key': [1, { a: -1 }] }`, { k: `it's`, 'other key': [1, { a: -1 }] }],
  ['{}', {}],
  ['[]', []],
])('%s is known without running it', (source, value) => expect(constantOf(source)).toEqual(value))

test.each([
  'new Date()',
  'a + 1',
  '2 * three',
  `'a' + 'b'`,
  '`${x}`',
  '1 2',
  '[1',
  '{ a }',
  '',
  '() => 1',
  '1 > 0',
  'process.exit()',
])('%s is not, and is told as it is written', source => {
  expect(constantOf(source)).toEqual(new Unvalued(source))
  expect(valueInWords(constantOf(source))).toBe(source)
  expect(JSON.stringify({ source: constantOf(source) })).toBe(JSON.stringify({ source }))
})

test('whatever JSON can say is read as JSON reads it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'small', noUnicodeString: true }), value => {
      const text = JSON.stringify(value)
      fc.pre(!/\\[^"\\nrt]|__proto__/.test(text))
      expect(JSON.stringify(constantOf(text))).toBe(text)
    }),
  )
})
