import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KernelHarness } from './harness.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-trainings-'))
let kernel: KernelHarness

beforeAll(async () => {
  kernel = await KernelHarness.start(path.resolve(import.meta.dirname, '../fixtures/notebooks'))
  const { status, error } = await kernel.run(`
    import { nn, Seed } from 'clvlab'
    const { dense, meanSquaredError, network, readCheckpoint, train } = nn
    const net = network({ columns: 4, layers: [dense(32, { activation: 'relu' }), dense(1)], loss: meanSquaredError })
    const rows = 1_000_000
    const data = { rows, x: new Float32Array(4 * rows).fill(1), y: new Float32Array(rows) }
    const file = ${JSON.stringify(path.join(folder, 'cut.ckpt'))}
    const begun = () => void console.log('begun')
    const onProgress = Object.assign(() => {}, { within: begun })`)
  expect({ status, error }).toEqual({ status: 'ok', error: undefined })
})
afterAll(async () => {
  await kernel.stop()
  fs.rmSync(folder, { recursive: true })
})

describe('a training in a cell', () => {
  test.each([
    ['in this thread', 32],
    ['on a team of threads', 16384],
  ])('is stopped inside an epoch by an interrupt, %s, and its checkpoint tells how far it was', async (_, batch) => {
    fs.rmSync(path.join(folder, 'cut.ckpt'), { force: true })
    const { ended } = await kernel.begin(
      `await train(net, data, { epochs: 100, batch: ${batch}, seed: Seed.of(1), onProgress, checkpoint: { file, every: 100 } })`,
    )
    await kernel.interrupt()
    expect(await ended).toMatchObject({ status: 'error', error: { ename: 'Interrupted' } })
    const { result } = await kernel.run(
      `let kept
       for (let i = 0; i < 100 && kept === undefined; i++) {
         kept = await readCheckpoint(file)
         await new Promise<void>(resolve => setTimeout(resolve, 50))
       }
       // it may have been stopped just behind an epoch
       kept !== undefined && (kept.pass?.steps ?? kept.history.length) > 0`,
    )
    expect(result).toEqual({ 'text/plain': 'true' })
  })

  test('hears the timer that cancels it', async () => {
    const { result } = await kernel.run(
      `const controller = new AbortController()
       setTimeout(() => controller.abort(), 100)
       const { stopped, history } = await train(net, data, { epochs: 100, seed: Seed.of(1), signal: controller.signal })
       stopped + ' ' + (history.length < 100)`,
    )
    expect(result).toEqual({ 'text/plain': "'cancelled true'" })
  })
})
