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

  test('an unknown one is refused and the known are named', () => {
    expect(() => injectParameters(notebook(), { sede: 1 })).toThrow(/no parameter "sede"[\s\S]*one of seed, data/)
    expect(() => injectParameters(notebook(), { seed: '1' })).toThrow(/give a value of type number/)
  })
})
