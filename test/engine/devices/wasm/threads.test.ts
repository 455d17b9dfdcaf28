import { execFile } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { wasm, type Runner, type State } from '../../../../lib/engine/index.ts'
import { instantiateShared, type Instance } from '../../../../lib/engine/devices/wasm/module.ts'
import { WasmRunner } from '../../../../lib/engine/devices/wasm/runner.ts'
import { threadsFor } from '../../../../lib/engine/devices/wasm/threads.ts'
import { adam, binaryCrossEntropy, dense, network } from '../../../../lib/nn/index.ts'
import { everyOperation, ganOfCustomers, NAMES, training, type Training } from './programs.ts'

const seed = { key0: 3, key1: 4 }

type Trained = State & { readonly losses: readonly number[] }

/** Parameters and slots after some epochs; the losses of each. */
async function trained(runner: Runner, { start, inputs, rows }: Training, epochs = 2): Promise<Trained> {
  try {
    runner.load(start)
    runner.bind({ rows, inputs })
    const losses: number[] = []
    for (let epoch = 0; epoch < epochs; epoch++) losses.push(...(await runner.epoch({ seed, epoch })).losses)
    return { ...(await runner.state()), losses }
  } finally {
    runner.dispose()
  }
}

const onThreads = async (threads: number, work: Training, block?: number): Promise<Trained> => {
  if (block === undefined) return await trained(await wasm.prepare(work.program, { threads }), work)
  const instance = (await instantiateShared()) as Instance
  return await trained(new WasmRunner(work.program, instance, { threads, block, always: true }), work)
}

const WORKS: readonly (readonly [string, () => Training])[] = [
  ['every operation', everyOperation],
  ...NAMES.map((name): [string, () => Training] => [name, () => training(name)]),
  ['the GAN of the customers', ganOfCustomers],
]

describe.each(WORKS)('%s', (name, make) => {
  it('trains to the same bytes with 1, 2, 3 and 4 threads', async () => {
    const expected = await onThreads(1, make())
    for (const threads of [2, 3, 4]) expect(await onThreads(threads, make()), `${threads} threads`).toEqual(expected)
  })

  // the sums of batch norm are over all rows, which cannot be cut
  it.skipIf(name === 'one with batch norm')('and so with the rows of a batch in blocks', async () => {
    const expected = await onThreads(1, make(), 16)
    for (const threads of [2, 3, 4]) expect(await onThreads(threads, make(), 16), `${threads} threads`).toEqual(expected)
  })
})

/** The same training with so many rows left over for its last batch. */
function withLeft(work: Training, left: number): Training {
  const rows = work.program.batch + left
  const inputs = Object.entries(work.inputs).map(
    ([name, values]) => [name, values.slice(0, (values.length / work.rows) * rows)] as const,
  )
  return { ...work, rows, inputs: Object.fromEntries(inputs) }
}

describe.each(NAMES)('%s, a few rows left over for the last batch', name => {
  const onForcedThreads = async (threads: number, work: Training): Promise<Trained> =>
    await trained(new WasmRunner(work.program, (await instantiateShared()) as Instance, { threads, always: true }), work)

  it.each([1, 2, 5])('%i left: trains to the same bytes with 1 to 4 threads', async left => {
    const work = withLeft(training(name), left)
    const expected = await onForcedThreads(1, work)
    for (const threads of [2, 3, 4]) expect(await onForcedThreads(threads, work), `${threads} threads`).toEqual(expected)
  })
})

describe('threads', () => {
  const workers: Worker[] = []
  const hired = (worker: Worker): void => void workers.push(worker)
  beforeEach(() => {
    workers.length = 0
    process.on('worker', hired)
  })
  afterEach(() => process.off('worker', hired))

  const design = training('the network of the design')

  async function begun(work = design): Promise<Runner> {
    const runner = await wasm.prepare(work.program, { threads: 2 })
    runner.load(work.start)
    runner.bind(work)
    await runner.epoch({ seed, epoch: 0 })
    return runner
  }

  it('are as many as asked for, and go when the program is given up', async () => {
    const runner = await begun()
    expect(workers).toHaveLength(2)
    const gone = workers.map(worker => once(worker, 'exit'))
    runner.dispose()
    await Promise.all(gone)
  })

  it('make an epoch again in which one of them dies, to the same bytes', async () => {
    const runner = await begun()
    const running = runner.epoch({ seed, epoch: 1 })
    void workers[1]?.terminate()
    await running
    expect(workers).toHaveLength(4)
    const state = await runner.state()
    runner.dispose()
    expect({ ...state, losses: [] }).toEqual({ ...(await onThreads(1, design)), losses: [] })
  })

  it('that die again end the training with a named error, and leave none behind', async () => {
    const runner = await begun()
    const running = runner.epoch({ seed, epoch: 1 })
    process.on('worker', end)
    void workers[0]?.terminate()
    await expect(running).rejects.toMatchObject({ name: 'EngineError', code: 'thread-died' })
    process.off('worker', end)
    await Promise.all(workers.filter(({ threadId }) => threadId !== -1).map(worker => once(worker, 'exit')))
    runner.dispose()

    function end(worker: Worker): void {
      setImmediate(() => void worker.terminate())
    }
  })

  it('that cannot be had are done without', async () => {
    const end = (worker: Worker): void => void setImmediate(() => void worker.terminate())
    process.on('worker', end)
    const state = await onThreads(2, design)
    process.off('worker', end)
    expect(state).toEqual(await onThreads(1, design))
  })

  it('give a training up that is disposed of while it runs, and refuse another call meanwhile', async () => {
    const runner = await begun()
    const running = runner.epoch({ seed, epoch: 1 })
    await expect(runner.state()).rejects.toMatchObject({ code: 'busy' })
    runner.dispose()
    await expect(running).rejects.toMatchObject({ code: 'disposed' })
  })

  it('end a training whose timers were taken away, as those of an interrupted cell are', async () => {
    const runner = await begun()
    const own = globalThis.setTimeout
    const running = new Promise((resolve, reject) => {
      globalThis.setTimeout = Object.assign((...given: Parameters<typeof own>) => {
        const timer = own(...given)
        setImmediate(() => clearTimeout(timer))
        return timer
      }, own)
      runner.epoch({ seed, epoch: 1 }).then(resolve, reject)
    })
    await expect(running).rejects.toMatchObject({ code: 'interrupted' })
    globalThis.setTimeout = own
    runner.dispose()
  })

  it('name the operation and the batch of a number that is not finite', async () => {
    const x = new Float32Array(design.inputs['x'] ?? [])
    x[20 * 130] = NaN
    const runner = await wasm.prepare(design.program, { threads: 2 })
    runner.load(design.start)
    runner.bind({ rows: design.rows, inputs: { ...design.inputs, x } })
    await expect(runner.epoch({ seed, epoch: 0, shuffle: false })).rejects.toMatchObject({
      code: 'not-finite',
      where: 'epoch 1, batch 2',
      what: expect.stringMatching(/input "x"/) as string,
    })
    runner.dispose()
  })

  it('hold no process open', async () => {
    const root = path.resolve(import.meta.dirname, '../../../..')
    const code = `
      import { compile, input, meanAll, parameter, product, wasm } from './dist/engine/index.js'
      const loss = meanAll(product(input('x', 4), parameter('w', 4, 1)))
      const runner = await wasm.prepare(compile({ batch: 4, training: { loss, rule: { kind: 'sgd', rate: 0.1 } } }), { threads: 2 })
      runner.load({ w: new Float32Array(4) })
      runner.bind({ rows: 8, inputs: { x: new Float32Array(32).fill(1) } })
      await runner.epoch({ seed: { key0: 1, key1: 2 }, epoch: 0 })
      console.log(Array.from((await runner.state()).parameters.w).join())`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
      cwd: root,
      timeout: 30_000,
    })
    expect(stdout.trim()).toBe(Array.from({ length: 4 }, () => Math.fround(-0.2)).join())
  })

  it('are taken where a step has work for them, and never more than the environment says', () => {
    const net = network({ columns: 20, layers: [dense(128), dense(64), dense(1)], loss: binaryCrossEntropy })
    const before = process.env['CLVLAB_THREADS']
    process.env['CLVLAB_THREADS'] = '4'
    expect([32, 128, 256, 1024].map(batch => threadsFor(net.training(batch, adam())))).toEqual([1, 1, 3, 4])
    expect(threadsFor(net.prediction(8192))).toBe(1)
    process.env['CLVLAB_THREADS'] = '1'
    expect(threadsFor(net.training(8192, adam()))).toBe(1)
    if (before === undefined) delete process.env['CLVLAB_THREADS']
    else process.env['CLVLAB_THREADS'] = before
    expect(() => threadsFor(net.training(32, adam()), 0)).toThrow(/0 threads/)
  })
})
