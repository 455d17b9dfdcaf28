import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseNotebook, serialiseNotebook } from '../../../lib/notebook/index.ts'

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/notebooks')

describe('notebook documents', () => {
  test.each(fs.readdirSync(fixtures).filter(name => name.endsWith('.ipynb')))('%s is written as it was read', name => {
    const text = fs.readFileSync(path.join(fixtures, name), 'utf8')
    expect(serialiseNotebook(parseNotebook(text, name))).toBe(text)
  })

  test('what a file holds beside its cells is kept', () => {
    const text = serialiseNotebook({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5, others: { widgets: { a: 1 } } })
    expect(serialiseNotebook(parseNotebook(text, 'own'))).toBe(text)
    expect(JSON.parse(text)).toMatchObject({ widgets: { a: 1 }, nbformat: 4 })
  })

  test('text in one piece and text in lines are the same', () => {
    const cell = {
      cell_type: 'code',
      id: 'a',
      metadata: {},
      outputs: [{ output_type: 'stream', name: 'stdout', text: 'x\ny' }],
      execution_count: 1,
      source: 'a\nb\n',
    }
    const one = parseNotebook(JSON.stringify({ cells: [cell], nbformat: 4, nbformat_minor: 5, metadata: {} }), 'one')
    const lines = parseNotebook(
      JSON.stringify({ cells: [{ ...cell, source: ['a\n', 'b\n'] }], nbformat: 4, nbformat_minor: 5, metadata: {} }),
      'lines',
    )
    expect(lines).toEqual(one)
    expect(serialiseNotebook(one)).toContain('"source": [\n    "a\\n",\n    "b\\n"\n   ]')
  })

  test('JSON outputs stay values, base64 stays one string', () => {
    const data = {
      'application/vnd.vegalite.v5+json': { mark: 'bar', b: [1] },
      'image/png': 'AAAA',
      'text/html': ['<b>\n', '</b>'],
    }
    const text = JSON.stringify({
      cells: [
        {
          cell_type: 'code',
          id: 'a',
          metadata: {},
          source: [],
          execution_count: null,
          outputs: [{ output_type: 'display_data', data, metadata: {} }],
        },
      ],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    })
    const again = JSON.parse(serialiseNotebook(parseNotebook(text, 'x'))) as { cells: { outputs: { data: unknown }[] }[] }
    expect(again.cells[0]?.outputs[0]?.data).toEqual(data)
  })

  test('cells without ids get the same ones each time, and no two the same', () => {
    const text = JSON.stringify({
      cells: [1, 2].map(() => ({ cell_type: 'raw', metadata: {}, source: 'x' })),
      metadata: {},
      nbformat: 4,
      nbformat_minor: 2,
    })
    const ids = parseNotebook(text, 'x').cells.map(({ id }) => id)
    expect(new Set(ids).size).toBe(2)
    expect(parseNotebook(text, 'x').cells.map(({ id }) => id)).toEqual(ids)
  })

  test.each([
    ['{', /it is not JSON/],
    ['[]', /not a JSON object/],
    ['{"nbformat": 3}', /its format is 3/],
    ['{"nbformat": 4}', /no list of cells/],
    ['{"nbformat": 4, "cells": [{"cell_type": "code", "source": 1}]}', /file\.ipynb, cell 1/],
    ['{"nbformat": 4, "cells": [{"cell_type": "video", "source": ""}]}', /its type is video/],
  ])('%s is refused', (text, message) => {
    expect(() => parseNotebook(text, 'file.ipynb')).toThrow(message)
  })
})
