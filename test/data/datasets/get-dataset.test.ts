import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import { beforeEach, describe, expect, test } from 'vitest'
import { datasetState, getDataset, KNOWN_DATASETS, knownDataset, openDataset } from '../../../lib/data/index.ts'
import { unpack } from '../../../lib/data/datasets/unpack.ts'
import { simulateToParquet } from '../../../lib/data/simulator/index.ts'
import { shared } from '../../support/shared.ts'
import { scratch } from '../files.ts'
import { server } from './server.ts'
import { workbookFile } from './workbook-file.ts'
import { zip } from './zip.ts'

const { folder, write } = scratch()
const { files, asked, address } = server()
let target = ''
let number = 0

beforeEach(() => {
  asked.length = 0
  target = path.join(folder, `get-${++number}`)
})

describe('unpacking', () => {
  const content = Buffer.from('a line\n'.repeat(1000))
  const wanted = { name: 'a.txt', bytes: content.length }
  const cases = {
    'a zip': zip({ 'read me.txt': Buffer.from('no'), 'data/A.TXT': content, 'empty.txt': Buffer.alloc(0) }),
    'a stored zip': zip({ 'a.txt': content }, { stored: true }),
    'a gzip': zlib.gzipSync(content),
    'a plain file': content,
  }
  test.each(Object.entries(cases))('%s', async (name, packed) => {
    await unpack(write(name, packed), `${folder}/out`, wanted)
    expect(fs.readFileSync(`${folder}/out`).equals(content)).toBe(true)
  })

  test('an entry of no bytes', async () => {
    await unpack(write('none.zip', cases['a zip']), `${folder}/out`, { name: 'empty.txt', bytes: 0 })
    expect(fs.statSync(`${folder}/out`).size).toBe(0)
  })

  const good = cases['a zip']
  test.each([
    ['a truncated zip', good.subarray(0, good.length - 30), 'damaged-archive'],
    ['a zip with flipped bits', flipped(good), 'damaged-archive'],
    ['a zip without the file', zip({ 'Online Retail.xlsx': content }), 'not-in-archive'],
    ['a zip that unpacks to more', zip({ 'a.txt': Buffer.concat([content, content]) }), 'too-large'],
    ['a truncated gzip', zlib.gzipSync(content).subarray(0, 30), 'damaged-archive'],
  ])('%s is a named error', async (name, packed, code) => {
    await expect(unpack(write(name, packed), `${folder}/out`, wanted)).rejects.toMatchObject({ name: 'DataError', code })
  })

  test('a path in a zip leads nowhere', async () => {
    await unpack(write('climb.zip', zip({ '../../a.txt': content })), `${folder}/out`, wanted)
    expect(fs.existsSync(path.join(folder, '..', '..', 'a.txt'))).toBe(false)
  })
})

test('a wrong checksum keeps nothing, and says what came', async () => {
  const content = Buffer.from('something else')
  files.set('/wrong', { content })
  await expect(getDataset('cdnow', { folder: target, url: address('/wrong') })).rejects.toMatchObject({
    name: 'DataError',
    code: 'wrong-checksum',
    where: address('/wrong'),
    what: new RegExp(createHash('sha256').update(content).digest('hex')),
  })
  expect(fs.readdirSync(path.join(target, 'cdnow'))).toEqual([])
  expect(await datasetState(knownDataset('cdnow'), target)).toEqual({ state: 'absent' })
})

test('a workbook that is not the known one is not converted', async () => {
  files.set('/book', { content: zip({ 'Online Retail.xlsx': workbookFile([['InvoiceNo']]) }) })
  await expect(getDataset('online-retail', { folder: target, url: address('/book') })).rejects.toMatchObject({
    code: 'wrong-checksum',
    what: /the known Online Retail\.xlsx/,
  })
  expect(fs.readdirSync(path.join(target, 'online-retail'))).toEqual([])
})

test('an archive that unpacks to more than is known leaves nothing behind', async () => {
  files.set('/more', { content: zlib.gzipSync(Buffer.alloc(3_000_000)) })
  await expect(getDataset('cdnow', { folder: target, url: address('/more') })).rejects.toMatchObject({ code: 'too-large' })
  expect(fs.readdirSync(path.join(target, 'cdnow'))).toEqual([])
})

test('names and addresses that are not known', async () => {
  await expect(getDataset('cdnov', { folder: target })).rejects.toMatchObject({
    name: 'UsageError',
    code: 'unknown-dataset',
    what: /"cdnow" is meant/,
  })
  await expect(getDataset('simulated', { folder: target })).rejects.toMatchObject({ code: 'no-address', remedy: /simulate/ })
  expect(fs.existsSync(target)).toBe(false)
})

const content = (): Buffer => fs.readFileSync(master as string)
const master = shared('datasets/cdnow/CDNOW_master.txt')

describe.skipIf(master === undefined)('CDNOW from a server on this machine', () => {
  test.each(['zip', 'gz', 'txt'])('as %s, interrupted once: whole, right, opened; the second time not asked for', async kind => {
    const body = kind === 'zip' ? zip({ 'CDNOW_master.txt': content() }) : kind === 'gz' ? zlib.gzipSync(content()) : content()
    files.set('/master', { content: body, breaks: [70_000] })
    const file = path.join(target, 'cdnow', 'CDNOW_master.txt')
    expect(await getDataset('cdnow', { folder: target, url: address('/master') })).toEqual([{ file, kept: false }])
    expect(fs.readdirSync(path.join(target, 'cdnow'))).toEqual(['CDNOW_master.txt'])
    expect(asked).toHaveLength(2)
    const found = await datasetState(knownDataset('cdnow'), target)
    expect(found).toEqual({ state: 'present', folder: path.join(target, 'cdnow') })
    await using log = await openDataset(found.folder as string)
    expect(log.facts.counts.rowsIn).toBe(69_659)
    expect(await getDataset('cdnow', { folder: target, url: address('/master') })).toEqual([{ file, kept: true }])
    expect(asked).toHaveLength(2)
  })

  test('a damaged file is told apart and replaced, and stays as it is when the new one does not come', async () => {
    const file = path.join(target, 'cdnow', 'CDNOW_master.txt')
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, content().subarray(0, 1000))
    expect((await datasetState(knownDataset('cdnow'), target)).state).toBe('damaged')
    await expect(getDataset('cdnow', { folder: target, url: address('/nowhere') })).rejects.toMatchObject({ code: 'http-404' })
    expect(fs.statSync(file).size).toBe(1000)
    files.set('/master', { content: content() })
    await getDataset('cdnow', { folder: target, url: address('/master') })
    expect((await datasetState(knownDataset('cdnow'), target)).state).toBe('present')
  })

  test.each(KNOWN_DATASETS.flatMap(({ name, files: known }) => known.map(each => [name, each] as const)))(
    '%s: known size and checksum are those of the shared file',
    async (name, known) => {
      const place = path.dirname(path.dirname(master as string))
      const packed = path.join(place, name, `${known.name}.gz`)
      const bytes = fs.existsSync(packed)
        ? zlib.gunzipSync(fs.readFileSync(packed))
        : fs.readFileSync(path.join(place, name, known.name))
      expect({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }).toEqual({
        bytes: known.bytes,
        sha256: known.sha256,
      })
    },
  )
})

test('a simulated set is present, and damaged once a byte is wrong; opening it reads no truth', async () => {
  const place = path.join(target, 'simulated')
  await simulateToParquet({ folder: place, customers: 40 })
  expect(await datasetState(knownDataset('simulated'), target)).toEqual({ state: 'present', folder: place })
  fs.rmSync(path.join(place, 'truth'), { recursive: true })
  await using log = await openDataset(place)
  expect(log.facts).toMatchObject({ name: 'simulated', customers: 40 })
  const events = path.join(place, 'events.parquet')
  fs.writeFileSync(events, fs.readFileSync(events).subarray(0, 500))
  expect((await datasetState(knownDataset('simulated'), target)).state).toBe('damaged')
  await expect(openDataset(place)).rejects.toMatchObject({ name: 'DataError', code: 'damaged-parquet' })
})

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  const at = bytes.indexOf('A.TXT') + 5
  for (let i = at; i < at + 20; i++) copy[i] = (copy[i] as number) ^ 0xff
  return copy
}
