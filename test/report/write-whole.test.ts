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

test('makes the folder, says whether it wrote, and leaves nothing beside the file', async () => {
  const file = path.join(scratch(), 'a', 'b.txt')
  expect(await writeWhole(file, 'one')).toBe(true)
  expect(await writeWhole(file, 'one')).toBe(false)
  expect(await writeWhole(file, Buffer.from('two'))).toBe(true)
  expect(fs.readFileSync(file, 'utf8')).toBe('two')
  expect(fs.readdirSync(path.dirname(file))).toEqual(['b.txt'])
})

test('a folder in the place of the file is a named error that leaves no part', async () => {
  const folder = scratch()
  fs.mkdirSync(path.join(folder, 'b.txt', 'full'), { recursive: true })
  await expect(writeWhole(path.join(folder, 'b.txt'), 'one')).rejects.toThrow(
    expect.objectContaining({ name: 'ReportError', code: 'cannot-write' }),
  )
  expect(fs.readdirSync(folder)).toEqual(['b.txt'])
})

test('a file in the place of the folder is a named error', async () => {
  const folder = scratch()
  fs.writeFileSync(path.join(folder, 'a'), '')
  await expect(writeWhole(path.join(folder, 'a', 'b.txt'), 'one')).rejects.toThrow(/cannot be written/)
})

test('where no folder can be made, it ends with a named error', async () => {
  await expect(writeWhole('/proc/clvlab/reports/n.html', 'one')).rejects.toMatchObject({
    name: 'ReportError',
    code: 'cannot-write',
  })
})
