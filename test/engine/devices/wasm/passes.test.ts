import { describe, expect, it } from 'vitest'
import type { EpochResult, Pass, Runner, State } from '../../../../lib/engine/index.ts'
import type { RunnerOptions } from '../../../../lib/engine/devices/wasm/runner.ts'
import { cutRunner } from './cut.ts'
import { everyOperation, ganOfCustomers, NAMES, training, type Training } from './programs.ts'

const seed = { key0: 3, key1: 4 }

const WORKS: readonly (readonly [string, () => Training])[] = [
  ['every operation', everyOperation],
  ...NAMES.map((name): [string, () => Training] => [name, () => training(name)]),
  ['the GAN of the customers', ganOfCustomers],
]

async function begun(work: Training, steps: number, options: RunnerOptions = {}): Promise<Runner> {
  const runner = await cutRunner(work.program, steps, options)
  runner.load(work.start)
  runner.bind(work)
  return runner
}

/** Two epochs, cut every so many steps. */
async function trained(work: Training, steps: number, options: RunnerOptions = {}): Promise<State & { losses: unknown }> {
  const runner = await begun(work, steps, options)
  const losses = []
  for (let epoch = 0; epoch < 2; epoch++) losses.push((await runner.epoch({ seed, epoch })).losses)
  const state = await runner.state()
  runner.dispose()
  return { ...state, losses }
}

/** Rates for the 3 steps of an epoch. */
const rate = Float64Array.of(1e-2, 3e-2, 5e-3)

describe.each(WORKS)('%s', (_, make) => {
  it('trains to the same bytes wherever a pass is cut, on one thread and two, chunk by chunk too', async () => {
    const expected = await trained(make(), 1e6)
    expect(await trained(make(), 1), 'each step').toEqual(expected)
    expect(await trained(make(), 2, { threads: 2 }), 'two steps, two threads').toEqual(expected)
    const data = { whole: 10, chunk: 1 }
    expect(await trained(make(), 1, { threads: 2, data }), 'each step, two threads, in chunks').toEqual(expected)
  })
})

describe('a pass that is broken off', () => {
  const work = training('an odd one')

  /** One epoch, taken up by a fresh runner after each bout. */
  async function inParts(steps: number, options: RunnerOptions): Promise<State & EpochResult> {
    let [runner, from] = [await begun(work, steps, options), undefined as Pass | undefined]
    for (;;) {
      const result = await runner.epoch({ seed, epoch: 4, rate, signal: AbortSignal.abort(), ...(from && { from }) })
      const state = await runner.state()
      runner.dispose()
      if (result.steps === result.of) return { ...state, ...result }
      expect(result.loss).toBe((result.sums[0] as number) / (result.steps * work.program.batch))
      from = JSON.parse(JSON.stringify({ steps: result.steps, sums: result.sums })) as Pass
      runner = await begun(work, steps, options)
      runner.restore(state)
    }
  }

  it.each([
    ['on one thread', {}],
    ['on two', { threads: 2 }],
    ['chunk by chunk', { threads: 2, data: { whole: 10, chunk: 1 } }],
  ])('goes on to the same bytes, loss and rates among them, %s', async (_, options) => {
    const runner = await begun(work, 1e6)
    const whole = await runner.epoch({ seed, epoch: 4, rate })
    const expected = { ...(await runner.state()), ...whole }
    runner.dispose()
    expect(expected.of).toBe(3)
    expect(await inParts(1, options)).toEqual(expected)
    expect(await inParts(2, options)).toEqual(expected)
  })

  it('tells how far it is at each rest, and nothing more once it is over', async () => {
    const runner = await begun(work, 1)
    const told: (readonly [number, number])[] = []
    const { steps } = await runner.epoch({ seed, epoch: 0, onSteps: (pass, of) => told.push([pass.steps, of]) })
    runner.dispose()
    expect(told).toEqual([
      [1, 3],
      [2, 3],
    ])
    expect(steps).toBe(3)
  })

  it('makes nothing where nothing is left, and can be followed by the next', async () => {
    const [runner, other] = [await begun(work, 1e6), await begun(work, 1e6)]
    const { steps, sums, ...rest } = await runner.epoch({ seed, epoch: 0 })
    expect(await runner.epoch({ seed, epoch: 0, from: { steps, sums } })).toEqual({ steps, sums, ...rest })
    await other.epoch({ seed, epoch: 0 })
    expect(await runner.epoch({ seed, epoch: 1 })).toEqual(await other.epoch({ seed, epoch: 1 }))
    expect(await runner.state()).toEqual(await other.state())
    for (const each of [runner, other]) each.dispose()
  })

  it('names the batch of a number that is not finite behind where it was taken up', async () => {
    const x = new Float32Array(work.inputs['x'] ?? [])
    x[7 * 80] = NaN
    const runner = await begun({ ...work, inputs: { ...work.inputs, x } }, 1)
    const { steps, sums } = await runner.epoch({ seed, epoch: 0, shuffle: false, signal: AbortSignal.abort() })
    await expect(runner.epoch({ seed, epoch: 0, shuffle: false, from: { steps, sums } })).rejects.toMatchObject({
      code: 'not-finite',
      where: 'epoch 1, batch 3',
    })
    runner.dispose()
  })

  it.each([1, 2])('by an interrupt, tells the steps that were made, on %i threads', async threads => {
    const runner = await begun(work, 1, { threads })
    await runner.epoch({ seed, epoch: 0 })
    const own = globalThis.setTimeout
    globalThis.setTimeout = Object.assign((...given: Parameters<typeof own>) => {
      const timer = own(...given)
      clearTimeout(timer)
      return timer
    }, own)
    let told: Pass | undefined
    const running = runner.epoch({ seed, epoch: 1, onSteps: pass => (told = pass) })
    try {
      await expect(running).rejects.toMatchObject({ code: 'interrupted' })
    } finally {
      globalThis.setTimeout = own
    }
    expect(told?.steps).toBe(1)
    expect((await runner.state()).step).toBe(4)
    // and is taken up from there
    const { steps, loss } = await runner.epoch({ seed, epoch: 1, from: told as Pass })
    runner.dispose()
    const straight = await begun(work, 1e6)
    await straight.epoch({ seed, epoch: 0 })
    expect({ steps, loss }).toEqual({ steps: 3, loss: (await straight.epoch({ seed, epoch: 1 })).loss })
    straight.dispose()
  })
})
