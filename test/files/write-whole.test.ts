import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillWhole, makeFolder, writeWhole } from '../../lib/files/index.ts'

let folder: string
beforeAll(() => void (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-files-'))))
afterAll(() => fs.rmSync(folder, { recursive: true }))

test('a file is replaced, and nothing is left beside it', async () => {
  const file = path.join(folder, 'a.txt')
  await writeWhole(file, 'first')
  await writeWhole(file, new TextEncoder().encode('second'))
  expect(fs.readFileSync(file, 'utf8')).toBe('second')
  expect(fs.readdirSync(folder)).toEqual(['a.txt'])
})

test('what cannot take its place leaves what was there, and nothing beside it', async () => {
  const inTheWay = path.join(folder, 'folder')
  fs.mkdirSync(path.join(inTheWay, 'kept'), { recursive: true })
  await expect(writeWhole(inTheWay, 'x')).rejects.toMatchObject({ syscall: 'rename' })
  expect(fs.readdirSync(folder).filter(name => name.startsWith('.clvlab-'))).toEqual([])
  expect(fs.readdirSync(inTheWay)).toEqual(['kept'])
})

test('a link stays one, and what it points to is replaced', async () => {
  const [real, link] = [path.join(folder, 'real.txt'), path.join(folder, 'link.txt')]
  fs.writeFileSync(real, 'old')
  fs.symlinkSync(real, link)
  await writeWhole(link, 'new')
  expect(fs.lstatSync(link).isSymbolicLink()).toBe(true)
  expect(fs.readFileSync(real, 'utf8')).toBe('new')
})

test('who may read a file stays as it was', async () => {
  const file = path.join(folder, 'private.txt')
  fs.writeFileSync(file, 'old', { mode: 0o600 })
  await writeWhole(file, 'new')
  expect((fs.statSync(file).mode & 0o777).toString(8)).toBe('600')
})

test('a program that writes the file itself is given a name of the same ending; what it fails to write is left as it was', async () => {
  const file = path.join(folder, 'table.csv')
  await fillWhole(file, part => {
    expect(part).toMatch(/\.csv$/)
    fs.writeFileSync(part, 'a,b')
  })
  await expect(fillWhole(file, () => Promise.reject(new Error('full')))).rejects.toThrow('full')
  expect(fs.readFileSync(file, 'utf8')).toBe('a,b')
})

test('folders are made, one in another, and made already they are left alone; below /proc none can be', async () => {
  const deep = path.join(folder, 'one', 'two', 'three')
  await makeFolder(deep)
  await makeFolder(deep)
  expect(fs.statSync(deep).isDirectory()).toBe(true)
  await expect(makeFolder('/proc/clvlab/one/two')).rejects.toMatchObject({ syscall: 'mkdir' })
})
