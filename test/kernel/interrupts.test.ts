import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KernelHarness } from './harness.ts'

let kernel: KernelHarness

beforeAll(async () => {
  kernel = await KernelHarness.start(path.resolve(import.meta.dirname, '../fixtures/notebooks'))
  await kernel.run('import fsp from "node:fs/promises"\nimport { execFile, spawn } from "node:child_process"\nlet kept = 41')
  await kernel.run(
    'import { setInterval as ticks, scheduler } from "node:timers/promises"\nimport { Worker } from "node:worker_threads"',
  )
  await kernel.run('const sleep = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))')
})
afterAll(async () => kernel.stop())

const BEGUN = 'console.log("begun");'

describe('an interrupt', () => {
  test.each([
    ['an await', `${BEGUN} await sleep(60_000)`],
    ['a busy loop', `${BEGUN} for (;;);`],
    ['a busy loop behind an await', `await 1; ${BEGUN} for (;;);`],
    ['a busy loop behind a timer', `await sleep(10); ${BEGUN} for (;;);`],
    ['a busy loop behind a file', `await fsp.readFile("greeting.ts"); ${BEGUN} for (;;);`],
    ['a busy loop in an immediate', `setImmediate(() => 1); setImmediate(() => { ${BEGUN} for (;;); }); await sleep(60_000)`],
    ['microtasks without end', `${BEGUN} for (;;) await null`],
    ['an async loop over files', `for (let i = 0; ; i++) { await fsp.readFile("greeting.ts"); if (i === 9) ${BEGUN} }`],
    ['an async iterator of ticks', `for await (const _ of ticks(1)) ${BEGUN}`],
    ['a wait of the scheduler', `${BEGUN} await scheduler.wait(60_000)`],
    ['how its value shows itself', `({ [Symbol.for("clvlab.display")]() { ${BEGUN} for (;;); } })`],
    ['a value that never shows itself', `({ [Symbol.for("clvlab.display")]() { ${BEGUN} return new Promise(() => 0) } })`],
  ])('stops %s, and the session lives on', async (_, code) => {
    const { ended } = await kernel.begin(code)
    await kernel.interrupt()
    expect(await ended).toMatchObject({ status: 'error', error: { ename: 'Interrupted' } })
    expect(await kernel.run('kept + 1')).toMatchObject({ result: { 'text/plain': '42' }, stdout: '' })
  })

  test('mutes what goes on, and ends its loops at the next await', async () => {
    const { ended } = await kernel.begin(
      `let turns = 0; ${BEGUN} for (;;) { await fsp.readFile("greeting.ts"); turns++; console.log(turns) }`,
    )
    await kernel.interrupt()
    await ended
    const next = await kernel.run('const before = turns; await sleep(50); turns - before')
    expect(next).toMatchObject({ stdout: '', result: { 'text/plain': '0' } })
  })

  test('ends a query, and its connection can be asked again', async () => {
    await kernel.run(
      'import { DuckDBInstance } from "@duckdb/node-api"\nconst db = await (await DuckDBInstance.create()).connect()',
    )
    const { ended } = await kernel.begin(
      `${BEGUN} await db.run("select sum(a.range * b.range) from range(3000000) a, range(300000) b")`,
    )
    await kernel.interrupt()
    await ended
    expect((await kernel.run('(await (await db.run("select 42")).getRows())[0]')).result).toEqual({ 'text/plain': '[ 42 ]' })
  })

  test('stops a busy loop that a cell has left behind', async () => {
    await kernel.run(`setTimeout(() => { ${BEGUN} for (;;); }, 50); undefined`)
    const running = kernel.start('await sleep(0); 5')
    await kernel.prints('begun\n')
    await kernel.interrupt()
    expect(['ok', 'error']).toContain((await running).status) // whether the cell had begun when the loop was stopped
    expect(await kernel.run('kept + 1')).toMatchObject({ result: { 'text/plain': '42' } })
  })

  test('finds the heart beating and control answering while a cell is busy', async () => {
    const { ended } = await kernel.begin('console.log("one"); console.log("two"); for (;;);', 'one\ntwo\n')
    await kernel.client.heartbeat()
    await kernel.interrupt()
    expect(await ended).toMatchObject({ status: 'error' })
  })
})

describe('what a callback prints when its cell has ended lands on that cell', () => {
  test.each([
    ['a timer', 'setTimeout(() => console.log("late"), 30)'],
    ['a child process', 'execFile("true", () => console.log("late"))'],
    ['a file behind a timer', 'sleep(10).then(() => fsp.readFile("greeting.ts")).then(() => console.log("late"))'],
    [
      'a worker',
      'new Worker("require(`worker_threads`).parentPort.postMessage(1)", { eval: true }).on("message", () => console.log("late"))',
    ],
    [
      'an async loop',
      '(async () => { for (let i = 0; i < 3; i++) { await sleep(5); await fsp.readFile("greeting.ts") } console.log("late") })()',
    ],
  ])('%s', async (_, code) => {
    const late = kernel.prints('late\n')
    const first = await kernel.run(`${code}; undefined`)
    const second = kernel.run('await sleep(400)')
    await late
    expect(await second).toMatchObject({ status: 'ok', stdout: '' })
    expect(first.stdout).toBe('late\n')
  })

  test('an error too', async () => {
    const first = await kernel.run('execFile("true", () => { throw new Error("late") }); undefined')
    expect(await kernel.run('await sleep(300)')).toMatchObject({ status: 'ok' })
    expect(first.error).toMatchObject({ evalue: 'late' })
  })
})
