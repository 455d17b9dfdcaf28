import fs from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { download } from '../../../lib/data/datasets/download.ts'
import { scratch } from '../files.ts'
import { server } from './server.ts'

const { folder } = scratch()
const { files, asked, address } = server()
const content = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 251))
let file = ''
let number = 0

beforeEach(() => {
  asked.length = 0
  file = `${folder}/${++number}`
})

const leftovers = (): string[] => fs.readdirSync(folder).filter(name => name.startsWith(`${number}.`))

test('a file comes whole, with progress, and leaves nothing beside it', async () => {
  files.set('/a', { content })
  const seen: (readonly [number, number | undefined])[] = []
  await download(address('/a'), file, { onProgress: (done, of) => void seen.push([done, of]) })
  expect(fs.readFileSync(file).equals(content)).toBe(true)
  expect(seen.at(-1)).toEqual([300_000, 300_000])
  expect(leftovers()).toEqual([])
})

test('an interrupted transfer goes on within the call: the second request asks for the rest', async () => {
  files.set('/a', { content, breaks: [100_000] })
  await download(address('/a'), file)
  expect(fs.readFileSync(file).equals(content)).toBe(true)
  expect(asked.map(({ range }) => range)).toEqual([undefined, 'bytes=100000-'])
})

test('one that stays interrupted is a named error; nothing stands under the name; a later call goes on', async () => {
  files.set('/a', { content, breaks: [100_000, 50_000] })
  await expect(download(address('/a'), file, { attempts: 2 })).rejects.toMatchObject({
    name: 'DataError',
    code: 'interrupted',
    where: address('/a'),
    remedy: /goes on/,
  })
  expect(fs.existsSync(file)).toBe(false)
  await download(address('/a'), file, { attempts: 1 })
  expect(fs.readFileSync(file).equals(content)).toBe(true)
  expect(asked.map(({ range }) => range)).toEqual([undefined, 'bytes=100000-', 'bytes=150000-'])
})

test.each([
  ['a file that has changed meanwhile', { content: Buffer.from(content).reverse(), etag: '"two"' }],
  ['a server that knows no ranges', { content, ignoresRange: true }],
])('%s is got from its start', async (_, later) => {
  files.set('/a', { content, breaks: [100_000] })
  await expect(download(address('/a'), file, { attempts: 1 })).rejects.toMatchObject({ code: 'interrupted' })
  files.set('/a', later)
  await download(address('/a'), file, { attempts: 1 })
  expect(fs.readFileSync(file).equals(later.content)).toBe(true)
})

test.each([404, 403, 500])('the answer %i is a named error, not tried again', async status => {
  files.set('/gone', { content, status })
  await expect(download(address('/gone'), file)).rejects.toMatchObject({
    name: 'DataError',
    code: `http-${status}`,
    where: address('/gone'),
  })
  expect(asked).toHaveLength(1)
  expect(fs.existsSync(file)).toBe(false)
})

test('a server that falls silent, and one that is not there', async () => {
  files.set('/silent', { content, stalls: true })
  await expect(download(address('/silent'), file, { attempts: 1, patience: 0.1 })).rejects.toMatchObject({ code: 'interrupted' })
  await expect(download('http://127.0.0.1:9/', file, { attempts: 1 })).rejects.toMatchObject({
    code: 'interrupted',
    remedy: /network/,
  })
})

test('more than can be wanted is stopped and not kept', async () => {
  files.set('/a', { content })
  await expect(download(address('/a'), file, { most: 1000 })).rejects.toMatchObject({ code: 'too-large' })
  expect(leftovers()).toEqual([])
})
