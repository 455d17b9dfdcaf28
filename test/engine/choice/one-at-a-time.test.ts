import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { oneAtATime } from '../../../lib/engine/choice/one-at-a-time.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-turn-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))
const soon = async (): Promise<void> => await new Promise(resolve => setTimeout(resolve, 5))

it('lets one after the other do its work, also when one fails', async () => {
  const file = path.join(folder, 'new', 'turn.lock')
  let inside = 0
  let most = 0
  const work = async (fails: boolean): Promise<void> => {
    most = Math.max(most, ++inside)
    await soon()
    inside--
    if (fails) throw new Error('it failed')
  }
  const all = await Promise.allSettled([false, true, false].map(fails => oneAtATime(file, 60_000, () => work(fails))))
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(most).toBe(1)
  expect(fs.existsSync(file)).toBe(false)
})

it('waits for nobody who has ended or takes too long', async () => {
  const file = path.join(folder, 'left.lock')
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  fs.writeFileSync(file, `${pid}\n`)
  expect(await oneAtATime(file, 60_000, async () => 'done')).toBe('done')
  fs.writeFileSync(file, `${process.pid}\n`)
  expect(await oneAtATime(file, 1, async () => 'done')).toBe('done')
})

it('does not wait where there can be no such file', async () => {
  const file = path.join(folder, 'file')
  fs.writeFileSync(file, '')
  expect(await oneAtATime(path.join(file, 'turn.lock'), 60_000, async () => 'done')).toBe('done')
})
