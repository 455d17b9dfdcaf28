import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { writeWhole } from '../../lib/report/write-whole.ts'

function scratch(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-whole-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('makes the folder, says whether it wrote, and leaves nothing beside the file', () => {
  const file = path.join(scratch(), 'a', 'b.txt')
  expect(writeWhole(file, 'one')).toBe(true)
  expect(writeWhole(file, 'one')).toBe(false)
  expect(writeWhole(file, Buffer.from('two'))).toBe(true)
  expect(fs.readFileSync(file, 'utf8')).toBe('two')
  expect(fs.readdirSync(path.dirname(file))).toEqual(['b.txt'])
})

test('a folder in the place of the file is a named error that leaves no part', () => {
  const folder = scratch()
  fs.mkdirSync(path.join(folder, 'b.txt', 'full'), { recursive: true })
  expect(() => writeWhole(path.join(folder, 'b.txt'), 'one')).toThrow(
    expect.objectContaining({ name: 'ReportError', code: 'cannot-write' }),
  )
  expect(fs.readdirSync(folder)).toEqual(['b.txt'])
})

test('a file in the place of the folder is a named error', () => {
  const folder = scratch()
  fs.writeFileSync(path.join(folder, 'a'), '')
  expect(() => writeWhole(path.join(folder, 'a', 'b.txt'), 'one')).toThrow(/cannot be written/)
})
