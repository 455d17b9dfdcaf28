import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeWhole } from '../../lib/files/index.ts'

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
  expect(fs.readdirSync(folder).filter(name => name.endsWith('.part'))).toEqual([])
  expect(fs.readdirSync(inTheWay)).toEqual(['kept'])
})
