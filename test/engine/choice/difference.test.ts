import { describe, expect, it } from 'vitest'
import { compile, describeUse, differenceFromWasm, joinUses, reference, wasm, type Device } from '../../../lib/engine/index.ts'
import { allDevices } from '../devices/all-devices.ts'
import { designNetwork, rowsFor, startValues } from '../design-network.ts'

const rule = { kind: 'adam', rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, decay: 0 } as const
const job = {
  program: compile({ batch: 32, training: { loss: designNetwork().loss, rule } }),
  start: startValues(),
  rows: rowsFor(100),
  seed: { key0: 5, key1: 6 },
}

/** wasm whose first weight is moved a little when its state is read. */
const moved = (by: number): Device => ({
  ...wasm,
  name: 'moved',
  prepare: async program => {
    const runner = await wasm.prepare(program)
    return Object.assign(Object.create(runner) as typeof runner, {
      state: async () => {
        const state = await runner.state()
        return { ...state, parameters: { ...state.parameters, b0: state.parameters['b0']?.map(each => each + by) } }
      },
    })
  },
})

describe('the difference from wasm', () => {
  it('is 0 for wasm itself, and what a gradient is off by', async () => {
    expect(await differenceFromWasm(wasm, job)).toBe(0)
    expect(await differenceFromWasm(moved(0.25), job)).toBeCloseTo(0.25, 6)
  })

  it.each(allDevices.filter(device => device !== wasm))('of $name is within its tolerance', async device => {
    const difference = (await differenceFromWasm(device, job)) as number
    expect(difference).toBeLessThan(device.tolerance + wasm.tolerance)
  })

  it('is not told where numbers are not finite', async () => {
    expect(
      await differenceFromWasm(reference, { ...job, start: { ...job.start, b0: new Float32Array(128).fill(NaN) } }),
    ).toBeUndefined()
  })
})

describe('the use of a device in words', () => {
  it('has its name, what it ran on, the difference and the choice', () => {
    expect(describeUse({ name: 'webgpu', about: 'a card', difference: 1.23e-6, choice: 'auto took webgpu' })).toBe(
      'webgpu (a card), within 1.2e-6 of wasm at the first batch; auto took webgpu',
    )
    expect(describeUse({ name: 'wasm' })).toBe('wasm')
  })

  it('joins several trainings: every name, the largest difference', () => {
    expect(joinUses([])).toBeUndefined()
    expect(joinUses([{ name: 'webgpu', difference: 1e-6 }, { name: 'wasm' }, { name: 'webgpu', difference: 2e-6 }])).toEqual({
      name: 'webgpu and wasm',
      difference: 2e-6,
    })
  })
})
