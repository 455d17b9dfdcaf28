import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FormatError } from '../../../lib/errors/index.ts'
import type { SavedModel } from '../../../lib/models/model.ts'
import { readModel, saveModel } from '../../../lib/models/save/index.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-model-'))
  file = path.join(folder, 'a.model')
})

afterEach(() => fs.rmSync(folder, { recursive: true }))

const saved: SavedModel = {
  model: 'made-up',
  version: 3,
  state: {
    names: ['r', 'größe', '重さ'],
    nested: { rate: 0.1, none: null, yes: true },
    smallest: 5e-324,
    most: Number.MAX_VALUE,
  },
  arrays: {
    weights: Float32Array.of(1, -0, NaN, Infinity, 1e-45),
    bias: Float64Array.of(Math.PI, -0),
    empty: new Float64Array(0),
  },
}

/** Codes of the errors of reading, `read` where there is none. */
async function outcome(): Promise<string> {
  return readModel(file).then(
    () => 'read',
    error => (error instanceof FormatError ? error.code : String(error)),
  )
}

const bits = (values: Float32Array | Float64Array): readonly number[] => [
  ...new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
]

describe('round trip', () => {
  test('state and arrays come back as they were, types and bits', async () => {
    await saveModel(file, saved)
    const read = await readModel(file)
    expect(read).toEqual(saved)
    expect(read.arrays?.['weights']).toBeInstanceOf(Float32Array)
    expect(Object.is(read.arrays?.['bias']?.[1], -0)).toBe(true)
    expect(fs.readdirSync(folder)).toEqual(['a.model'])
  })

  test('any arrays come back bit for bit, whatever their NaNs hold, also as views into larger memory', async () => {
    const bytes = fc.uint8Array({ minLength: 0, maxLength: 64 })
    await fc.assert(
      fc.asyncProperty(bytes, bytes, fc.string(), async (singles, doubles, name) => {
        const memory = new Uint8Array(136)
        memory.set(doubles.subarray(0, doubles.length - (doubles.length % 8)), 8)
        const float32 = new Float32Array(singles.slice(0, singles.length - (singles.length % 4)).buffer)
        const float64 = new Float64Array(memory.buffer, 8, Math.floor(doubles.length / 8))
        await saveModel(file, { model: 'm', version: 1, state: {}, arrays: { a: float32, [`b${name}`]: float64 } })
        const { arrays } = await readModel(file)
        expect(bits(arrays?.['a'] as Float32Array)).toEqual(bits(float32))
        expect(bits(arrays?.[`b${name}`] as Float64Array)).toEqual(bits(float64))
      }),
      { numRuns: 50 },
    )
  })

  test('any state of plain data comes back', async () => {
    const json = fc.jsonValue().map(value => JSON.parse(JSON.stringify(value)) as unknown)
    await fc.assert(
      fc.asyncProperty(json, async value => {
        await saveModel(file, { model: 'm', version: 1, state: { value } })
        expect((await readModel(file)).state).toEqual({ value })
      }),
      { numRuns: 50 },
    )
  })

  test('the same model gives the same bytes', async () => {
    await saveModel(file, saved)
    const first = fs.readFileSync(file)
    await saveModel(file, saved)
    expect(fs.readFileSync(file).equals(first)).toBe(true)
  })
})

describe('what JSON would not keep is refused before anything is written', () => {
  test.each([
    ['NaN', { a: { b: [1, NaN] } }, 'state.a.b[1]'],
    ['-0', { zero: -0 }, 'state.zero'],
    ['undefined', { none: undefined }, 'state.none'],
    ['Float64Array', { weights: Float64Array.of(1) }, 'state.weights'],
    ['Date', { when: new Date(0) }, 'state.when'],
  ])('%s', async (_, state, where) => {
    await expect(saveModel(file, { model: 'm', version: 1, state })).rejects.toMatchObject({
      name: 'FormatError',
      code: 'state-not-json',
      where,
    })
    expect(fs.readdirSync(folder)).toEqual([])
  })
})

describe('files that are not what they should be', () => {
  test('any byte changed after the first line is found out', async () => {
    await saveModel(file, saved)
    const bytes = fs.readFileSync(file)
    const body = bytes.indexOf(10) + 1
    for (let at = body; at < bytes.length; at += 7) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] as number) ^ 1
      fs.writeFileSync(file, changed)
      expect(await outcome(), `byte ${at}`).toBe('damaged')
    }
  })

  test('any byte changed in the first line is found out', async () => {
    await saveModel(file, saved)
    const bytes = fs.readFileSync(file)
    for (let at = 0; at <= bytes.indexOf(10); at++) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] as number) ^ 1
      fs.writeFileSync(file, changed)
      expect(['foreign', 'newer-version', 'truncated', 'damaged'], `byte ${at}`).toContain(await outcome())
    }
  })

  test('a file cut anywhere is refused', async () => {
    await saveModel(file, saved)
    const bytes = fs.readFileSync(file)
    const body = bytes.indexOf(10) + 1
    for (let length = 0; length < bytes.length; length += 11) {
      fs.writeFileSync(file, bytes.subarray(0, length))
      expect(await outcome(), `${length} bytes`).toBe(length < body ? 'foreign' : 'truncated')
    }
  })

  test('something added is damage', async () => {
    await saveModel(file, saved)
    fs.appendFileSync(file, 'x')
    expect(await outcome()).toBe('damaged')
  })

  test('a foreign file, one of a newer version, and none at all', async () => {
    fs.writeFileSync(file, '{"format":"other"}\n{}\n')
    expect(await outcome()).toBe('foreign')
    fs.writeFileSync(file, Buffer.alloc(5000, 7))
    expect(await outcome()).toBe('foreign')
    fs.writeFileSync(file, '{"format":"clvlab-model","version":2,"sha256":"","description":0,"arrays":0}\n')
    expect(await outcome()).toBe('newer-version')
    fs.writeFileSync(file, '{"format":"clvlab-model","version":1,"sha256":"","description":-1,"arrays":0}\n')
    expect(await outcome()).toBe('damaged')
    fs.rmSync(file)
    expect(await outcome()).toBe('missing')
  })
})

test('a write that fails leaves the old file and nothing beside it', async () => {
  await saveModel(file, saved)
  const target = path.join(folder, 'taken')
  fs.mkdirSync(target)
  await expect(saveModel(target, saved)).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/)
  expect(fs.readdirSync(folder).sort()).toEqual(['a.model', 'taken'])
  expect(await outcome()).toBe('read')
})
