import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { wholeFolder } from '../../lib/cli/whole-folder.ts'
import { UsageError } from '../../lib/errors/index.ts'
import { scratchFolder } from './io.ts'

const folder = scratchFolder()
const VERSIONS = { one: '1.0.0' }
const fill = (partial: string): string => {
  fs.writeFileSync(path.join(partial, 'made'), 'whole')
  return 'done'
}

describe('a folder of packages', () => {
  const place = path.join(folder, 'cache', 'one')

  test('is made whole, replaces an old one of its kind, and stays as it was when filling fails', () => {
    expect(wholeFolder(place, VERSIONS, fill)).toBe('done')
    fs.writeFileSync(path.join(place, 'old'), '')
    const failing = (): never => {
      throw new Error('no network')
    }
    expect(() => wholeFolder(place, VERSIONS, failing)).toThrow('no network')
    expect(fs.readdirSync(place).toSorted()).toEqual(['made', 'old', 'package.json'])
    wholeFolder(place, VERSIONS, fill)
    expect(fs.readdirSync(place).toSorted()).toEqual(['made', 'package.json'])
    expect(fs.readdirSync(path.dirname(place))).toEqual(['one'])
  })

  test('never takes the place of what somebody else keeps there', () => {
    const home = path.join(folder, 'home')
    fs.mkdirSync(home)
    fs.writeFileSync(path.join(home, 'letter'), 'dear')
    expect(() => wholeFolder(home, VERSIONS, fill)).toThrow(UsageError)
    fs.writeFileSync(path.join(home, 'package.json'), '{"dependencies":{"one":"1.0.0","two":"1.0.0"}}')
    expect(() => wholeFolder(home, VERSIONS, fill)).toThrow(/something else is in this folder/)
    expect(() => wholeFolder(path.join(home, 'letter'), VERSIONS, fill)).toThrow(/something else/)
    expect(() => wholeFolder(path.join(home, 'letter', 'below'), VERSIONS, fill)).toThrow(/the folder cannot be made/)
    expect(fs.readFileSync(path.join(home, 'letter'), 'utf8')).toBe('dear')
  })

  test('removes what installations that were broken off have left, and not what goes on', () => {
    const { pid } = spawnSync(process.execPath, ['-e', ''])
    fs.mkdirSync(`${place}.${pid}.partial`)
    fs.mkdirSync(`${place}.1.partial`)
    wholeFolder(place, VERSIONS, fill)
    expect(fs.readdirSync(path.dirname(place)).toSorted()).toEqual(['one', 'one.1.partial'])
  })
})
