import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { isRunning } from '../../lib/files/index.ts'

test('tells a process that lives from one that has ended', () => {
  expect(isRunning(process.pid)).toBe(true)
  expect(isRunning(process.ppid)).toBe(true)
  expect(isRunning(spawnSync(process.execPath, ['--version']).pid)).toBe(false)
})
