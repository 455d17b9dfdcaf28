import { describe, expect, test } from 'vitest'
import { declaredParameters, injectParameters, parseNotebook, readParameters } from '../../../lib/notebook/index.ts'
import type { Notebook } from '../../../lib/notebook/index.ts'

const SOURCE = `// what may be set
const seed: number = 42
const data = './data'
const models: string[] = ['a', 'b'] // which
let fast = false
const mode: 'small' | 'full' = 'small'
const limit: number | null = null`

function cell(id: string, source: string, tags: string[]): object {
  return { cell_type: 'code', id, metadata: { tags }, outputs: [], execution_count: null, source }
}

function notebook(): Notebook {
  return parseNotebook(
    JSON.stringify({
      cells: [cell('p', SOURCE, ['parameters']), cell('x', 'seed', [])],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    }),
    'n',
  )
}

function declaring(source: string): Notebook {
  const cells = [cell('p', source, ['parameters'])]
  return parseNotebook(JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }), 'n')
}

describe('parameters', () => {
  test('are read with their types from the tagged cell', () => {
    expect(declaredParameters(notebook()).map(({ name, type }) => [name, type])).toEqual([
      ['seed', 'number'],
      ['data', 'string'],
      ['models', 'string[]'],
      ['fast', 'boolean'],
      ['mode', "'small' | 'full'"],
      ['limit', 'number | null'],
    ])
  })

  test('stand in a cell of their own behind the tagged one', () => {
    const { cells } = injectParameters(notebook(), { seed: 7, data: "it's", models: ['x'], limit: null })
    expect(cells[1]).toMatchObject({
      metadata: { tags: ['injected-parameters'] },
      source:
        "const seed: number = 7\nconst data: string = 'it\\'s'\nconst models: string[] = ['x']\nconst limit: number | null = null",
    })
  })

  test('replace those of an earlier run', () => {
    const once = injectParameters(notebook(), { seed: 7 })
    expect(injectParameters(once, { seed: 7 })).toEqual(once)
    expect(injectParameters(once, {})).toEqual(notebook())
  })

  test('are read from a command line by their types', () => {
    const pairs = [
      ['seed', '1e3'],
      ['data', '12'],
      ['models', 'a, b'],
      ['fast', 'true'],
      ['mode', 'full'],
      ['limit', 'null'],
    ] as const
    expect(readParameters(notebook(), pairs)).toEqual({
      seed: 1000,
      data: '12',
      models: ['a', 'b'],
      fast: true,
      mode: 'full',
      limit: null,
    })
  })

  test.each([
    ['seed', 'x'],
    ['seed', ''],
    ['fast', '1'],
    ['mode', 'big'],
  ])('%s=%s has the wrong type', (name, text) => {
    expect(() => readParameters(notebook(), [[name, text]])).toThrow(/is no value for the parameter/)
  })

  test.each([
    ['string[]', '["a,b","c"]', ['a,b', 'c']],
    ['Array<string>', 'x, y', ['x', 'y']],
    ['readonly string[]', '', []],
    ['string | null', 'null', null],
    ['string | null', '"null"', 'null'],
    ['string | null', 'text', 'text'],
    ["('fast' | 'slow')[]", '["slow"]', ['slow']],
    ["('fast' | 'slow')[]", 'slow,fast', ['slow', 'fast']],
    ["'a' | 1 | true", '1', 1],
    ['number[][]', '[[1,2],[3]]', [[1, 2], [3]]],
    ['[number, string]', '[1,"a"]', [1, 'a']],
    ['{ a: number; b?: string }', '{"a":2}', { a: 2 }],
    ['Record<string, number[]>', '{"a":[2]}', { a: [2] }],
    ['bigint', '7n', 7n],
    ['Settings', '{"some":"alias"}', { some: 'alias' }],
  ])('a %s is read from %s', (type, text, value) => {
    expect(readParameters(declaring(`const it: ${type} = 0 as never`), [['it', text]])).toEqual({ it: value })
  })

  test.each([
    ['number[]', '[1,x]'],
    ['number[][]', '[[1,"2"]]'],
    ["('fast' | 'slow')[]", 'slow,late'],
    ['{ a: number; b?: string }', '{"a":"2"}'],
    ['{ a: number }', '{"a":2,"c":1}'],
    ['[number, string]', '[1]'],
    ['Date', '2024-02-02'],
    ['bigint', '7.5'],
  ])('a %s is not read from %s', (type, text) => {
    expect(() => readParameters(declaring(`const it: ${type} = 0 as never`), [['it', text]])).toThrow(/is no value/)
  })

  test('several stand on one line, indented, with signs in quotes', () => {
    const source = `  const c = 1, d = [2, 3]; // two\nlet url: string = 'http://x/y?a=b,c' // one\nconst f: (a: number) => number = a => a`
    expect(declaredParameters(declaring(source)).map(({ name, type, initial }) => [name, type, initial])).toEqual([
      ['c', 'number', '1'],
      ['d', 'number[]', '[2, 3]'],
      ['url', 'string', "'http://x/y?a=b,c'"],
      ['f', '(a: number) => number', 'a => a'],
    ])
  })

  test('what is reckoned from them is reckoned anew, and a variable stays one', () => {
    const of = declaring('let a: number = 1\nconst twice = a * 2\nconst more: number = twice + 1\nconst other = 5')
    expect(injectParameters(of, { a: 5 }).cells[1]?.source).toBe(
      'let a: number = 5\nconst twice = a * 2\nconst more: number = twice + 1',
    )
  })

  test('objects are written with their names as they need be', () => {
    const of = declaring('const it: Settings = none')
    expect(injectParameters(of, { it: { a: 1, 'b c': [null, 2n] } }).cells[1]?.source).toBe(
      "const it: Settings = { a: 1, 'b c': [null, 2n] }",
    )
  })

  test('an unknown one is refused and the known are named', () => {
    expect(() => injectParameters(notebook(), { sede: 1 })).toThrow(/no parameter "sede"[\s\S]*one of seed, data/)
    expect(() => injectParameters(notebook(), { seed: '1' })).toThrow(/give a value of type number/)
  })
})
