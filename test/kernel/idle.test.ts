import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { KernelHarness } from './harness.ts'

/** Processor time of a process and of those that it has started, in milliseconds; Linux tells it in hundredths of a second. */
function processorTime(pid: number): number {
  const [, fields = ''] = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const [user, system] = fields.split(' ').slice(11, 13).map(Number) as [number, number]
  const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  return (
    10 * (user + system) +
    (children === '' ? [] : children.split(' ')).reduce((sum, child) => sum + processorTime(Number(child)), 0)
  )
}

test.skipIf(process.platform !== 'linux')('an idle kernel and its compiler use next to no processor time', async () => {
  const kernel = await KernelHarness.start(path.resolve(import.meta.dirname, '../fixtures/notebooks'))
  await kernel.run('import { greet } from "./greeting.ts"\ngreet("you")')
  await new Promise(resolve => setTimeout(resolve, 500))
  const before = processorTime(kernel.process.child.pid as number)
  await new Promise(resolve => setTimeout(resolve, 2000))
  expect(processorTime(kernel.process.child.pid as number) - before).toBeLessThan(200)
  await kernel.stop()
})
