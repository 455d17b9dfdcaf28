import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KernelHarness } from './harness.ts'

let kernel: KernelHarness

beforeAll(async () => {
  kernel = await KernelHarness.start(path.resolve(import.meta.dirname, '../fixtures/notebooks'))
  await kernel.run('import fs from "node:fs"\nimport { execFileSync, execSync, spawn, spawnSync } from "node:child_process"')
  await kernel.run('const ended = (child: ReturnType<typeof spawn>) => new Promise(resolve => child.on("close", resolve))')
})
afterAll(async () => kernel.stop())

describe('goes to the cell, in order: what', () => {
  test.each([
    ['execSync', 'execSync("echo in", { stdio: "inherit" })'],
    ['execFileSync', 'execFileSync("echo", ["in"], { stdio: ["ignore", "inherit", "ignore"] })'],
    ['spawnSync', 'spawnSync("echo", ["in"], { stdio: [0, 1, 2] })'],
    ['spawn', 'await ended(spawn("echo", ["in"], { stdio: "inherit" }))'],
    ['spawn, given the stream', 'await ended(spawn("echo", ["in"], { stdio: ["ignore", process.stdout, "ignore"] }))'],
    ['writeSync', 'fs.writeSync(1, "in\\n")'],
    ['writeSync of a part', 'fs.writeSync(1, Buffer.from("xin\\nx"), 1, 3)'],
    ['writeFileSync', 'fs.writeFileSync(1, "in\\n")'],
    ['write', 'await new Promise(done => fs.write(1, "in\\n", done))'],
    ['the end of stdout', 'process.stdout.end("in\\n")'],
  ])('%s writes', async (_, code) => {
    const { stdout, status } = await kernel.run(`console.log("before"); ${code}; console.log("behind"); undefined`)
    expect({ stdout, status }).toEqual({ stdout: 'before\nin\nbehind\n', status: 'ok' })
  })

  test('a child says on stderr, with its exit code', async () => {
    const { messages, error } = await kernel.run('execSync("echo wrong >&2; exit 3", { stdio: "inherit" })')
    expect(messages.filter(each => each === 'stream')).toHaveLength(1)
    expect(error?.evalue).toBe('Command failed: echo wrong >&2; exit 3')
  })

  test('a child says when its cell has ended', async () => {
    const late = kernel.prints('late\n')
    const first = await kernel.run('spawn("sh", ["-c", "sleep 0.1; echo late"], { stdio: "inherit" }); undefined')
    const second = kernel.run('await new Promise(resolve => setTimeout(resolve, 400))')
    await late
    expect((await second).stdout).toBe('')
    expect(first.stdout).toBe('late\n')
  })

  test('and what is piped stays with its reader', async () => {
    expect(
      (await kernel.run('spawnSync("echo", ["in"]).stdout.toString() + String(spawnSync("true", { stdio: "inherit" }).stdout)'))
        .result,
    ).toEqual({ 'text/plain': "'in\\nnull'" })
  })
})
