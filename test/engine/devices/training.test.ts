import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { EngineError } from '../../../lib/errors/index.ts'
import {
  compile,
  input,
  log,
  meanAll,
  multiply,
  parameter,
  product,
  square,
  subtract,
  sumAll,
  wasm,
  type Device,
  type Pass,
  type Runner,
  type State,
  type UpdateRule,
} from '../../../lib/engine/index.ts'
import { designNetwork, rowsFor, startValues } from '../design-network.ts'
import { allDevices } from './all-devices.ts'

const adam: UpdateRule = { kind: 'adam', rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, decay: 0 }
const seed = { key0: 5, key1: 6 }

async function prepared(device: Device, rule: UpdateRule, rows: number, batch = 32): Promise<Runner> {
  const runner = await device.prepare(compile({ batch, training: { loss: designNetwork().loss, rule } }))
  runner.load(startValues())
  runner.bind(rowsFor(rows))
  return runner
}

const digest = (arrays: Readonly<Record<string, Float32Array>>): string => {
  const hash = createHash('sha256')
  for (const [name, values] of Object.entries(arrays))
    hash.update(name).update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  return hash.digest('hex')
}

describe.each(allDevices)('$name', device => {
  it.each([
    ['sgd', { kind: 'sgd', rate: 0.1 }],
    ['momentum', { kind: 'momentum', rate: 0.1, momentum: 0.9 }],
    ['adam', { kind: 'adam', rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, decay: 0 }],
    ['adam with decay', { kind: 'adam', rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, decay: 0.1 }],
  ] as const)('follows the update of %s by hand', async (_, rule) => {
    // loss Σ p², so the slope is 2 p
    const loss = sumAll(square(parameter('p', 1, 3)))
    const runner = await device.prepare(compile({ batch: 1, training: { loss: multiply(loss, meanAll(input('one', 1))), rule } }))
    const start = [1, -2, 0.5]
    runner.load({ p: Float32Array.from(start) })
    runner.bind({ rows: 3, inputs: { one: new Float32Array(3).fill(1) } })
    await runner.epoch({ seed, epoch: 0 })
    const expected = start.map(first => {
      let [p, m, v] = [first, 0, 0]
      for (let t = 1; t <= 3; t++) {
        const g = 2 * p
        if (rule.kind === 'sgd') p -= rule.rate * g
        else if (rule.kind === 'momentum') {
          m = rule.momentum * m + g
          p -= rule.rate * m
        } else {
          m = 0.9 * m + 0.1 * g
          v = 0.999 * v + 0.001 * g * g
          const scale = (rule.rate * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t)
          p = p * (1 - rule.rate * rule.decay) - (scale * m) / (Math.sqrt(v) + rule.epsilon)
        }
      }
      return p
    })
    const { parameters, step } = await runner.state()
    expect(step).toBe(3)
    expected.forEach((value, i) => expect(parameters['p']?.[i]).toBeCloseTo(value, 5))
  })

  it('takes a learning rate for each step of an epoch, and refuses a table of another length', async () => {
    // loss p · mean x, so the slope is the batch's mean
    const loss = multiply(sumAll(parameter('p', 1, 1)), meanAll(input('x', 1)))
    const runner = await device.prepare(compile({ batch: 2, training: { loss, rule: { kind: 'sgd', rate: 9 } } }))
    runner.load({ p: Float32Array.of(0) })
    runner.bind({ rows: 5, inputs: { x: Float32Array.of(1, 1, 2, 2, 4) } })
    await runner.epoch({ seed, epoch: 0, shuffle: false, rate: Float64Array.of(0.5, 0.25, 2) })
    expect((await runner.state()).parameters['p']?.[0]).toBeCloseTo(-(0.5 * 1 + 0.25 * 2 + 2 * 4), 6)
    // the steps of the next epoch begin with the first rate again
    await runner.epoch({ seed, epoch: 1, shuffle: false, rate: Float64Array.of(1, 0, 0) })
    expect((await runner.state()).parameters['p']?.[0]).toBeCloseTo(-10, 6)
    await expect(runner.epoch({ seed, epoch: 2, rate: Float64Array.of(1, 1) })).rejects.toMatchObject({ code: 'wrong-length' })
    // nothing was learnt from it, and an epoch can follow
    await runner.epoch({ seed, epoch: 2, shuffle: false, rate: 0 })
    expect((await runner.state()).parameters['p']?.[0]).toBeCloseTo(-10, 6)
  })

  it('goes on from a saved state, on an exact device bit for bit', async () => {
    const rows = 100
    const [straight, first, second] = [
      await prepared(device, adam, rows),
      await prepared(device, adam, rows),
      await prepared(device, adam, rows),
    ]
    for (let epoch = 0; epoch < 2; epoch++) await straight.epoch({ seed, epoch })
    await first.epoch({ seed, epoch: 0 })
    second.restore(await first.state())
    await second.epoch({ seed, epoch: 1 })
    const [a, b] = [await straight.state(), await second.state()]
    expect(b.step).toBe(a.step)
    for (const [name, values] of Object.entries(a.parameters)) {
      const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - (b.parameters[name]?.[i] as number))), 0)
      expect(worst).toBeLessThanOrEqual(device.name === 'reference' ? 1e-4 : device.exact ? 0 : device.tolerance)
    }
  })

  it('ends a pass between two steps when it is told to, and goes on from there, on an exact device bit for bit', async () => {
    const rows = 6000
    // on the first devices a step is long enough to end there; wasm makes thousands of small ones first
    const each = device.name === 'wasm' ? rows : 12
    const [straight, first, second] = await Promise.all([1, 2, 3].map(async () => await prepared(device, adam, each, 1)))
    const whole = await straight?.epoch({ seed, epoch: 2 })
    const part = await first?.epoch({ seed, epoch: 2, signal: AbortSignal.abort() })
    expect(part?.of).toBe(each)
    expect(part?.steps).toBeGreaterThan(0)
    expect(part?.steps).toBeLessThan(each)
    const left = (await first?.state()) as State
    expect(left.step).toBe(part?.steps)
    second?.restore(left)
    const rest = await second?.epoch({ seed, epoch: 2, from: part as Pass })
    expect(rest?.steps).toBe(each)
    const limit = device.name === 'reference' ? 1e-4 : device.exact ? 0 : 10 * device.tolerance
    expect(Math.abs((rest?.loss as number) - (whole?.loss as number))).toBeLessThanOrEqual(limit)
    const [a, b] = [await straight?.state(), await second?.state()]
    for (const [name, values] of Object.entries(a?.parameters ?? {})) {
      const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - (b?.parameters[name]?.[i] as number))), 0)
      expect(worst).toBeLessThanOrEqual(limit)
    }
    for (const runner of [straight, first, second]) runner?.dispose()
  })

  it('stops at a number that is not finite, names the operation and the batch, and keeps the parameters', async () => {
    const loss = meanAll(log(product(input('x', 1), parameter('w', 1, 1))))
    const runner = await device.prepare(compile({ batch: 2, training: { loss, rule: { kind: 'sgd', rate: 0 } } }))
    runner.load({ w: Float32Array.of(1) })
    runner.bind({ rows: 6, inputs: { x: Float32Array.of(1, 2, 3, 4, -5, 6) } })
    const failed = runner.epoch({ seed, epoch: 0, shuffle: false })
    await expect(failed).rejects.toThrow(EngineError)
    await expect(failed).rejects.toMatchObject({ code: 'not-finite', where: 'epoch 1, batch 3' })
    await expect(failed).rejects.toThrow(/log of shape \(batch, 1\)/)
    expect((await runner.state()).parameters['w']).toEqual(Float32Array.of(1))
  })

  it('names a gradient that is not finite though the loss is', async () => {
    const w = parameter('w', 1, 1)
    const loss = multiply(sumAll(subtract(w, 1)), meanAll(input('x', 1)))
    const runner = await device.prepare(compile({ batch: 1, training: { loss, rule: { kind: 'sgd', rate: 1 } } }))
    runner.load({ w: Float32Array.of(1) })
    runner.bind({ rows: 1, inputs: { x: Float32Array.of(Infinity) } })
    await expect(runner.epoch({ seed, epoch: 0 })).rejects.toMatchObject({ code: 'not-finite' })
  })

  it('refuses inputs that are missing or of the wrong length, and an epoch without data', async () => {
    const runner = await device.prepare(compile({ batch: 4, training: { loss: designNetwork().loss, rule: adam } }))
    expect(() => runner.load({})).toThrow(/no values for "w0"/)
    expect(() => runner.bind({ rows: 2, inputs: { x: new Float32Array(39), y: new Float32Array(2) } })).toThrow(
      /39 values where 40 belong/,
    )
    await expect(runner.epoch({ seed, epoch: 0 })).rejects.toMatchObject({ code: 'not-trainable' })
  })

  it('tells its memory before it runs', async () => {
    const runner = await device.prepare(compile({ batch: 4, training: { loss: designNetwork().loss, rule: adam } }))
    const [none, some] = [runner.memory(0), runner.memory(1000)]
    expect(some.data - none.data).toBeGreaterThanOrEqual(1000 * 21 * 4)
    expect(some.total).toBe(some.parameters + some.training + some.arena + some.data)
  })
})

describe('wasm', () => {
  it('trains to the same bytes on every machine (digest made once, on Node 20 and x86-64)', async () => {
    const runner = await prepared(wasm, adam, 1000)
    for (let epoch = 0; epoch < 5; epoch++) await runner.epoch({ seed, epoch })
    expect(digest((await runner.state()).parameters)).toBe('880bb78794050654122fa47bacd413a439ea1b6eb49f96e75c2f9395f5c38e0c')
  })

  it('does not fit: says so before it starts', async () => {
    const loss = meanAll(square(product(input('x', 50000), parameter('w', 50000, 30000))))
    await expect(wasm.prepare(compile({ batch: 1, training: { loss, rule: adam } }))).rejects.toMatchObject({
      code: 'out-of-memory',
    })
  })
})
