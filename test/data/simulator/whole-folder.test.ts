import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { writeWholeFolder } from '../../../lib/data/simulator/whole-folder.ts'
import { scratch } from '../files.ts'

const { folder: root } = scratch()
const host = os.hostname().replace(/\W/g, '') || 'host'
/** Linux gives no process a number so high. */
const NOBODY = 999_999_999
let number = 0
let parent = ''
let target = ''

beforeEach(() => {
  parent = path.join(root, `${++number}`)
  target = path.join(parent, 'set')
  fs.mkdirSync(parent)
})

const put = (folder: string, content: string): void => {
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, 'file'), content)
}
const write = (content: string, isOwn = true): Promise<void> =>
  writeWholeFolder(
    target,
    () => isOwn,
    async folder => {
      put(folder, content)
    },
  )
const content = (folder = target): string => fs.readFileSync(path.join(folder, 'file'), 'utf8')

describe('writeWholeFolder', () => {
  it('makes a folder as others are, and replaces its own', async () => {
    await write('one')
    await write('two')
    expect(content()).toBe('two')
    expect(fs.readdirSync(parent)).toEqual(['set'])
    fs.mkdirSync(path.join(parent, 'plain'))
    expect(fs.statSync(target).mode).toBe(fs.statSync(path.join(parent, 'plain')).mode)
  })

  it('makes the folders above, and takes an empty one', async () => {
    target = path.join(parent, 'a', 'b')
    fs.mkdirSync(target, { recursive: true })
    await write('one', false)
    expect(content()).toBe('one')
  })

  it('refuses a folder with something else, and a file', async () => {
    put(target, 'mine')
    await expect(write('other', false)).rejects.toMatchObject({ name: 'UsageError', code: 'folder-in-use' })
    expect(content()).toBe('mine')
    fs.rmSync(target, { recursive: true })
    fs.writeFileSync(target, 'mine')
    await expect(write('other')).rejects.toMatchObject({ name: 'UsageError', code: 'no-folder' })
    expect(fs.readdirSync(parent)).toEqual(['set'])
  })

  it('leaves what was there and nothing else when the work fails', async () => {
    await write('one')
    const failure = new Error('no more')
    await expect(
      writeWholeFolder(
        target,
        () => true,
        async folder => {
          put(folder, 'half')
          throw failure
        },
      ),
    ).rejects.toBe(failure)
    expect(content()).toBe('one')
    expect(fs.readdirSync(parent)).toEqual(['set'])
  })

  it('names the folder that cannot be written', async () => {
    fs.writeFileSync(path.join(parent, 'file'), '')
    target = path.join(parent, 'file', 'set')
    await expect(write('one')).rejects.toMatchObject({ name: 'DataError', code: 'cannot-write', where: target })
  })

  it('removes what killed runs left, and neither what a running one writes nor what belongs to another folder', async () => {
    put(`${target}.part-${host}-${NOBODY}-1`, 'half')
    put(`${target}.part-${host}-${process.pid}-1`, 'mine')
    put(`${target}.part-another-${NOBODY}-1`, 'theirs')
    put(`${target}.part-another-${NOBODY}-2`, 'forgotten')
    fs.utimesSync(`${target}.part-another-${NOBODY}-2`, 1e9, 1e9)
    put(path.join(parent, `set2.part-${host}-${NOBODY}-1`), 'not of this folder')
    put(path.join(parent, 'set.parts'), 'no leftover')
    await write('one')
    expect(fs.readdirSync(parent).sort()).toEqual(
      [
        'set',
        `set.part-${host}-${process.pid}-1`,
        `set.part-another-${NOBODY}-1`,
        'set.parts',
        `set2.part-${host}-${NOBODY}-1`,
      ].sort(),
    )
  })

  it('puts back what a killed run had moved aside, even if the next run fails', async () => {
    put(`${target}.part-${host}-${NOBODY}-1`, 'new')
    put(`${target}.part-${host}-${NOBODY}-1-old`, 'old')
    await expect(
      writeWholeFolder(
        target,
        () => true,
        async () => {
          throw new Error('no more')
        },
      ),
    ).rejects.toThrow('no more')
    expect(content()).toBe('old')
    expect(fs.readdirSync(parent)).toEqual(['set'])
  })

  it('lets two runs at once both end, and the folder is one of them', async () => {
    await Promise.all([write('one'), write('two')])
    expect(['one', 'two']).toContain(content())
    expect(fs.readdirSync(parent)).toEqual(['set'])
  })
})
