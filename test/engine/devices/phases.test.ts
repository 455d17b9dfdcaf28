import { describe, expect, it } from 'vitest'
import {
  add,
  compile,
  input,
  log,
  meanAll,
  multiply,
  negate,
  parameter,
  product,
  randomNormal,
  relu,
  softplus,
  square,
  subtract,
  sumAll,
  type Node,
  type Program,
  type UpdateRule,
} from '../../../lib/engine/index.ts'
import { normal, Seed } from '../../../lib/numeric/index.ts'
import { allDevices } from './all-devices.ts'

const seed = { key0: 3, key1: 4 }
const adam: UpdateRule = { kind: 'adam', rate: 0.02, beta1: 0.5, beta2: 0.999, epsilon: 1e-7, decay: 0 }

/** p runs after q, and q after p, each with its own loss; the data only say how many batches there are. */
function chase(rules: readonly [UpdateRule, UpdateRule]): Program {
  const [p, q] = [parameter('p', 1, 2), parameter('q', 1, 2)]
  const one = meanAll(input('one', 1))
  const first = multiply(sumAll(square(subtract(p, q))), one)
  const second = multiply(sumAll(square(subtract(q, add(p, 1)))), one)
  return compile({
    batch: 1,
    training: [
      { loss: first, rule: rules[0], only: ['p'] },
      { loss: second, rule: rules[1], only: ['q'] },
    ],
  })
}

/** A GAN with one hidden layer on each side, on one column. */
function gan(batch: number): Program {
  const hidden = (x: Node, name: string): Node => relu(add(product(x, parameter(`${name}1`, 1, 8)), parameter(`${name}1b`, 1, 8)))
  const out = (x: Node, name: string): Node =>
    add(product(hidden(x, name), parameter(`${name}2`, 8, 1)), parameter(`${name}2b`, 1, 1))
  const made = (stream: number): Node => out(randomNormal(['batch', 1], stream), 'g')
  const real = input('x', 1)
  const judged = add(meanAll(softplus(negate(out(real, 'd')))), meanAll(softplus(out(made(1), 'd'))))
  const fooled = meanAll(softplus(negate(out(made(2), 'd'))))
  const names = (side: string): readonly string[] => ['1', '1b', '2', '2b'].map(each => `${side}${each}`)
  return compile({
    batch,
    training: [
      { loss: judged, rule: adam, only: names('d') },
      { loss: fooled, rule: adam, only: names('g') },
    ],
  })
}

function ganStart(): Record<string, Float32Array> {
  const random = Seed.of(9).random()
  const draw = (count: number): Float32Array => Float32Array.from({ length: count }, () => 0.5 * normal(random))
  return Object.fromEntries(
    ['d', 'g'].flatMap(side => [
      [`${side}1`, draw(8)],
      [`${side}1b`, draw(8)],
      [`${side}2`, draw(8)],
      [`${side}2b`, draw(1)],
    ]),
  )
}

const ganRows = (rows: number) => {
  const random = Seed.of(10).random()
  return { rows, inputs: { x: Float32Array.from({ length: rows }, () => 2 + 0.5 * normal(random)) } }
}

describe.each(allDevices)('phases on $name', device => {
  it('take their steps in turn, the second seeing what the first has changed', async () => {
    const runner = await device.prepare(
      chase([
        { kind: 'sgd', rate: 0.25 },
        { kind: 'momentum', rate: 0.1, momentum: 0.5 },
      ]),
    )
    runner.load({ p: Float32Array.of(0, 4), q: Float32Array.of(1, -1) })
    runner.bind({ rows: 3, inputs: { one: new Float32Array(3).fill(1) } })
    const { loss, losses, steps } = await runner.epoch({ seed, epoch: 0 })
    const expected = [0, 4].map((p0, i) => {
      let [p, q, v] = [p0, [1, -1][i] as number, 0]
      const seen = [0, 0]
      for (let step = 0; step < 3; step++) {
        seen[0] = (seen[0] as number) + (p - q) ** 2
        p -= 0.25 * 2 * (p - q)
        seen[1] = (seen[1] as number) + (q - p - 1) ** 2
        v = 0.5 * v + 2 * (q - p - 1)
        q -= 0.1 * v
      }
      return { p, q, seen }
    })
    const { parameters } = await runner.state()
    expected.forEach(({ p, q }, i) => {
      expect(parameters['p']?.[i]).toBeCloseTo(p, 5)
      expect(parameters['q']?.[i]).toBeCloseTo(q, 5)
    })
    losses.forEach((each, phase) =>
      expect(each).toBeCloseTo(expected.reduce((sum, { seen }) => sum + (seen[phase] as number), 0) / 3, 4),
    )
    expect([loss, steps]).toEqual([losses[0], 3])
  })

  it('count a parameter wherever it stands, also as several nodes of one name', async () => {
    const [p, q] = [parameter('p', 1, 1), parameter('p', 1, 1)]
    const one = meanAll(input('one', 1))
    // (3p + p²)' = 3 + 2p
    const runner = await device.prepare(
      compile({
        batch: 1,
        training: { loss: multiply(sumAll(add(multiply(p, 3), square(q))), one), rule: { kind: 'sgd', rate: 0.1 } },
      }),
    )
    runner.load({ p: Float32Array.of(2) })
    runner.bind({ rows: 1, inputs: { one: Float32Array.of(1) } })
    await runner.epoch({ seed, epoch: 0 })
    expect((await runner.state()).parameters['p']?.[0]).toBeCloseTo(2 - 0.1 * 7, 6)
  })

  it('have rates of their own in a schedule', async () => {
    const runner = await device.prepare(
      chase([
        { kind: 'sgd', rate: 0.25 },
        { kind: 'sgd', rate: 0.1 },
      ]),
    )
    const start = { p: Float32Array.of(0, 4), q: Float32Array.of(1, -1) }
    runner.load(start)
    runner.bind({ rows: 1, inputs: { one: Float32Array.of(1) } })
    await runner.epoch({ seed, epoch: 0, rate: [0, 0.5] })
    const { parameters } = await runner.state()
    expect(parameters['p']).toEqual(start.p)
    expect([...(parameters['q'] as Float32Array)]).toEqual([1, 5])
  })

  it('train a GAN whose two sides are those of the reference, draws included', async () => {
    const runner = await device.prepare(gan(16))
    runner.load(ganStart())
    runner.bind(ganRows(100))
    const [judge] = allDevices.filter(({ name }) => name === 'reference')
    const other = await (judge as NonNullable<typeof judge>).prepare(gan(16))
    other.load(ganStart())
    other.bind(ganRows(100))
    for (let epoch = 0; epoch < 2; epoch++) {
      const [a, b] = [await runner.epoch({ seed, epoch }), await other.epoch({ seed, epoch })]
      a.losses.forEach((loss, i) => expect(loss).toBeCloseTo(b.losses[i] as number, 4))
    }
    const [a, b] = [await runner.state(), await other.state()]
    for (const [name, values] of Object.entries(b.parameters))
      values.forEach((value, i) => expect(Math.abs((a.parameters[name]?.[i] as number) - value), name).toBeLessThan(5e-4))
  })

  it('go on from a saved state as if they had not stopped', async () => {
    const prepared = async () => {
      const runner = await device.prepare(gan(16))
      runner.load(ganStart())
      runner.bind(ganRows(40))
      return runner
    }
    const [straight, first, second] = [await prepared(), await prepared(), await prepared()]
    for (let epoch = 0; epoch < 2; epoch++) await straight.epoch({ seed, epoch })
    await first.epoch({ seed, epoch: 0 })
    const saved = await first.state()
    expect(saved.slots).toHaveLength(4)
    second.restore(saved)
    await second.epoch({ seed, epoch: 1 })
    const [a, b] = [await straight.state(), await second.state()]
    const worst = Object.entries(a.parameters).flatMap(([name, values]) =>
      [...values].map((value, i) => Math.abs(value - (b.parameters[name]?.[i] as number))),
    )
    expect(Math.max(...worst)).toBeLessThanOrEqual(device.name === 'reference' ? 1e-4 : device.exact ? 0 : 5e-4)
  })

  it('name the operation of the phase that met a number that is not finite', async () => {
    const [p, q] = [parameter('p', 1, 1), parameter('q', 1, 1)]
    const x = meanAll(input('x', 1))
    const program = compile({
      batch: 1,
      training: [
        { loss: multiply(sumAll(square(p)), x), rule: { kind: 'sgd', rate: 0 } },
        { loss: sumAll(add(q, log(x))), rule: { kind: 'sgd', rate: 0 } },
      ],
    })
    const runner = await device.prepare(program)
    runner.load({ p: Float32Array.of(1), q: Float32Array.of(0) })
    runner.bind({ rows: 2, inputs: { x: Float32Array.of(1, -1) } })
    await expect(runner.epoch({ seed, epoch: 0, shuffle: false })).rejects.toMatchObject({
      code: 'not-finite',
      where: 'epoch 1, batch 2',
      what: expect.stringContaining('log of shape') as string,
    })
  })

  it('tell their memory before they run', async () => {
    const runner = await device.prepare(gan(16))
    const [none, some] = [runner.memory(0), runner.memory(1000)]
    expect(some.data - none.data).toBeGreaterThanOrEqual(4000)
    expect(some.total).toBe(some.parameters + some.training + some.arena + some.data)
    // 50 parameters in all, each with a gradient and two moments
    expect(some.parameters).toBeGreaterThanOrEqual(4 * 50)
    expect(some.training).toBeGreaterThanOrEqual(3 * 4 * 50)
  })
})

describe('compile', () => {
  const [p, q] = [parameter('p', 1, 1), parameter('q', 1, 1)]
  const rule: UpdateRule = { kind: 'sgd', rate: 0.1 }
  const loss = sumAll(square(subtract(p, q)))

  it('refuses a parameter that two phases train', () => {
    expect(() =>
      compile({
        batch: 1,
        training: [
          { loss, rule },
          { loss, rule, only: ['q'] },
        ],
      }),
    ).toThrow(/"q" is trained by two phases/)
  })

  it('refuses to train what a loss does not depend on', () => {
    expect(() => compile({ batch: 1, training: { loss, rule, only: ['r'] } })).toThrow(
      /the loss does not depend on "r".*\n.*it depends on p, q/,
    )
  })

  it('refuses a name with two shapes among the phases', () => {
    const other = sumAll(square(parameter('p', 2, 2)))
    expect(() =>
      compile({
        batch: 1,
        training: [
          { loss, rule, only: ['q'] },
          { loss: other, rule },
        ],
      }),
    ).toThrow(/"p" stands in the phases with two shapes/)
  })
})
