import type { Worker } from 'node:worker_threads'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  add,
  compile,
  input,
  meanAll,
  multiply,
  parameter,
  product,
  randomNormal,
  rowCount,
  sum,
  wasm,
  type Program,
} from '../../../../lib/engine/index.ts'
import { instantiate } from '../../../../lib/engine/devices/wasm/module.ts'
import { WasmRunner } from '../../../../lib/engine/devices/wasm/runner.ts'
import { dense, meanSquaredError, network } from '../../../../lib/nn/index.ts'
import { Seed } from '../../../../lib/numeric/index.ts'

const net = network({ columns: 3, layers: [dense(16, { activation: 'tanh' }), dense(2)], loss: meanSquaredError })
const start = net.start(Seed.of(4))
const rows = 1003
const x = Float32Array.from({ length: 3 * rows }, (_, i) => Math.fround(((i * 37) % 101) / 50 - 1))
const given = { rows, inputs: { x } }
const key = { key0: 5, key1: 6, step: 7 }

/** What depends on where a batch begins, and on how many rows it has. */
const odd = (() => {
  const own = input('x', 3)
  const drawn = add(product(own, parameter('w', 3, 4)), randomNormal(['batch', 4], 2))
  return compile({ batch: 50, outputs: { y: multiply(drawn, rowCount()), total: sum(own, 1) } })
})()

describe('a run of many batches', () => {
  const workers: Worker[] = []
  const hired = (worker: Worker): void => void workers.push(worker)
  beforeEach(() => {
    workers.length = 0
    process.on('worker', hired)
  })
  afterEach(() => process.off('worker', hired))

  it.each<readonly [string, Program, Record<string, Float32Array>]>([
    ['a network', net.prediction(64), start],
    ['draws, and what asks for the count of rows', odd, { w: Float32Array.from({ length: 12 }, (_, i) => i / 7) }],
  ])('gives the same bytes on 1, 2, 3 and 40 threads: %s', async (_, program, weights) => {
    const alone = await wasm.prepare(program, { threads: 1 })
    alone.load(weights)
    const expected = await alone.run(given, key)
    expect(workers).toHaveLength(0)
    for (const threads of [2, 3, 40]) {
      workers.length = 0
      const runner = await wasm.prepare(program, { threads })
      runner.load(weights)
      expect(await runner.run(given, key), `${threads} threads`).toEqual(expected)
      expect(workers).toHaveLength(threads)
      const gone = workers.map(worker => once(worker, 'exit'))
      runner.dispose()
      await Promise.all(gone)
    }
  })

  it('cut into blocks of rows as well', async () => {
    const [alone, runner] = await Promise.all(
      [1, 2].map(async runThreads => new WasmRunner(odd, await instantiate(), { runThreads, always: true, block: 16 })),
    )
    for (const each of [alone, runner]) each?.load({ w: new Float32Array(12).fill(0.3) })
    expect(await runner?.run(given, key)).toEqual(await alone?.run(given, key))
    expect(workers).toHaveLength(2)
    runner?.dispose()
  })

  it('is of the parameters as they were when it was asked for, also of several at once', async () => {
    const other = net.start(Seed.of(5))
    const [runner, alone] = [await wasm.prepare(net.prediction(64), { threads: 2 }), await wasm.prepare(net.prediction(64))]
    const expected = []
    for (const weights of [start, other, start]) {
      alone.load(weights)
      expected.push(await alone.run(given))
    }
    const running = [start, other, start].map(async weights => {
      runner.load(weights)
      return await runner.run(given)
    })
    expect(await Promise.all(running)).toEqual(expected)
    expect(expected[1]).not.toEqual(expected[0])
    expect(workers).toHaveLength(2)
    runner.dispose()
  })

  it('is done here where a thread dies, to the same bytes', async () => {
    const runner = await wasm.prepare(net.prediction(64), { threads: 2 })
    runner.load(start)
    const expected = await runner.run(given)
    const running = runner.run(given)
    await Promise.resolve()
    void workers[1]?.terminate()
    expect(await running).toEqual(expected)
    expect(await runner.run(given)).toEqual(expected)
    expect(workers).toHaveLength(2)
    runner.dispose()
    // and where it died while nobody asked
    const other = await wasm.prepare(net.prediction(64), { threads: 2 })
    other.load(start)
    await other.run(given)
    await workers[3]?.terminate()
    expect(await other.run(given)).toEqual(expected)
    other.dispose()
  })

  it('takes threads where it is long, or one of many', async () => {
    const wide = network({ columns: 3, layers: [dense(512), dense(512), dense(1)], loss: meanSquaredError })
    const [program, weights] = [wide.prediction(64), wide.start(Seed.of(1))]
    const runner = new WasmRunner(program, await instantiate(), { runThreads: 2 })
    runner.load(weights)
    const hires = []
    // about 5e8 operations each
    for (let i = 0; i < 4; i++) {
      await runner.run(given)
      hires.push(workers.length)
    }
    expect(hires).toEqual([0, 0, 0, 2])
    runner.dispose()
  })

  it('needs no threads where it is short, and refuses what does not fit as ever', async () => {
    const runner = await wasm.prepare(net.prediction(64))
    runner.load(start)
    await runner.run(given)
    const threaded = await wasm.prepare(net.prediction(2048), { threads: 2 })
    threaded.load(start)
    await threaded.run(given)
    expect(workers).toHaveLength(0)
    await expect(threaded.run({ rows: 0, inputs: { x: new Float32Array() } })).rejects.toMatchObject({ code: 'no-rows' })
    const whole = await wasm.prepare(compile({ batch: 8, outputs: { mean: meanAll(input('x', 3)) } }), { threads: 2 })
    whole.load({})
    await expect(whole.run(given)).rejects.toMatchObject({ code: 'too-many-rows' })
    expect(workers).toHaveLength(0)
  })
})
