import { describe, expect, it } from 'vitest'
import { planData } from '../../../../lib/engine/devices/wasm/dataset.ts'
import { instantiateShared, type Instance } from '../../../../lib/engine/devices/wasm/module.ts'
import { WasmRunner, type RunnerOptions } from '../../../../lib/engine/devices/wasm/runner.ts'
import { wasm, type State } from '../../../../lib/engine/index.ts'
import { adam, binaryCrossEntropy, dense, network } from '../../../../lib/nn/index.ts'
import { training } from './programs.ts'

const seed = { key0: 3, key1: 4 }
const work = training('an odd one')

/** 100 rows of 8 values in batches of 37: a chunk of 4 KiB holds three batches, one of a byte holds one. */
async function trained(options: RunnerOptions): Promise<State & { readonly losses: readonly number[]; readonly bytes: number }> {
  const instance = (await instantiateShared()) as Instance
  const runner = new WasmRunner(work.program, instance, { ...options, always: true })
  runner.load(work.start)
  runner.bind(work)
  const losses = []
  const rate = Float64Array.of(1e-3, 2e-3, 5e-4)
  for (let epoch = 0; epoch < 3; epoch++) losses.push((await runner.epoch({ seed, epoch, shuffle: epoch !== 1, rate })).loss)
  const state = await runner.state()
  runner.dispose()
  return { ...state, losses, bytes: runner.memory(work.rows).data }
}

describe('data larger than they are let in as a whole', () => {
  it.each([
    [4096, 1],
    [1, 1],
    [1, 2],
  ])('go through in chunks of %i bytes, to the same bytes, with %i threads', async (chunk, threads) => {
    const { bytes: some, ...got } = await trained({ threads, data: { whole: 1000, chunk } })
    const { bytes: all, ...expected } = await trained({ threads: 1 })
    expect(got).toEqual(expected)
    // three steps of an epoch have a learning rate each
    expect(all).toBe(100 * 4 * 9 + 32)
    expect(some).toBe(chunk === 1 ? 400 + 2 * 37 * 32 + 4 * 37 + 32 : 400 + 2 * 100 * 32 + 400 + 32)
  })

  it('name the batch of a number that is not finite in a later chunk', async () => {
    const runner = new WasmRunner(work.program, (await instantiateShared()) as Instance, { data: { whole: 1000, chunk: 1 } })
    const x = new Float32Array(work.inputs['x'] ?? [])
    x[7 * 80] = Infinity
    runner.load(work.start)
    runner.bind({ rows: work.rows, inputs: { ...work.inputs, x } })
    await expect(runner.epoch({ seed, epoch: 0, shuffle: false })).rejects.toMatchObject({
      code: 'not-finite',
      where: 'epoch 1, batch 3',
    })
  })

  it('take little memory, known before: 10,000,000 rows of 100 columns', async () => {
    const net = network({ columns: 100, layers: [dense(128), dense(64), dense(1)], loss: binaryCrossEntropy })
    const program = net.training(1024, adam())
    const { chunks, rows, bytes } = planData(program, 10_000_000)
    expect({ chunks, rows }).toEqual({ chunks: true, rows: 40 * 1024 })
    // the order of the rows, two chunks, and the learning rate of each step
    expect(bytes).toBe(40_000_000 + 2 * rows * 404 + 4 * rows + 8 * 9766)
    expect((await wasm.prepare(program, { threads: 1 })).memory(10_000_000).total).toBeLessThan(80 * 2 ** 20)
  })
})
