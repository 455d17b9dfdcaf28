import { spawn } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'

const client = path.resolve(import.meta.dirname, '../../../dist/notebook/client/index.js')

test('a kernel whose front end is killed ends too', async () => {
  const script = `
    const { startKernelProcess } = await import(${JSON.stringify(client)})
    const { child } = await startKernelProcess({ cwd: process.cwd() })
    console.log(child.pid)
    setInterval(() => undefined, 1000)`
  const frontEnd = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const pid = await new Promise<number>(resolve =>
    frontEnd.stdout.once('data', (text: Buffer) => resolve(Number(text.toString()))),
  )
  await new Promise(resolve => setTimeout(resolve, 1000)) // it has begun to look
  expect(isAlive(pid)).toBe(true)
  frontEnd.kill('SIGKILL')
  await expect.poll(() => isAlive(pid), { timeout: 10_000, interval: 100 }).toBe(false)
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
