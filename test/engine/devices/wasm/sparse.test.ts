import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantiate, instantiateNow, instantiateShared, type Instance } from '../../../../lib/engine/devices/wasm/module.ts'
import { START } from '../../../../lib/engine/devices/wasm/layout.ts'
import { WasmRunner } from '../../../../lib/engine/devices/wasm/runner.ts'
import {
  compile,
  equal,
  gate,
  input,
  meanAll,
  multiply,
  parameter,
  product,
  relu,
  square,
  type Node,
} from '../../../../lib/engine/index.ts'
import { zeros } from '../../../../lib/engine/program/zeros.ts'

const bits = (values: Float32Array | undefined): Uint32Array =>
  new Uint32Array((values as Float32Array).buffer, (values as Float32Array).byteOffset, (values as Float32Array).length)

const shape = fc.record({
  rows: fc.integer({ min: 1, max: 70 }),
  inner: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(63, 64, 65, 127, 128, 129, 255, 256, 257, 300)),
  columns: fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constantFrom(256, 272)),
  density: fc.constantFrom(0, 0.05, 0.3, 0.55, 1),
  seed: fc.integer({ min: 1, max: 1e6 }),
})

/** Numbers of either sign, of which the given share is not 0. */
function numbers(length: number, density: number, seed: number): Float32Array {
  let state = seed
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296
  return Float32Array.from({ length }, () => (next() < density ? 2 * next() - 1 : 0))
}

describe('a product that leaves out zeros', () => {
  it('has the bits of the one that does not, whatever the shape, transposed or not', async () => {
    await fc.assert(
      fc.asyncProperty(shape, async ({ rows, inner, columns, density, seed }) => {
        const x = numbers(rows * inner, density, seed)
        const g = numbers(rows * columns, 1, seed + 1)
        const w = numbers(inner * columns, 1, seed + 2)
        const results = await Promise.all(
          [(node: Node): Node => gate(node, square(node)), (node: Node): Node => node].map(async through => {
            const left = through(input('x', inner))
            const outputs = {
              forward: product(left, parameter('w', inner, columns)),
              turned: product(left, parameter('v', columns, inner), { transposeB: true }),
              biased: relu(product(left, parameter('w', inner, columns))),
              summed: product(left, input('g', columns), { transposeA: true }),
            }
            const runner = new WasmRunner(compile({ outputs, batch: rows }), await instantiate())
            runner.load({ w, v: w })
            return runner.compute({ rows, inputs: { x, g } })
          }),
        )
        for (const name of ['forward', 'turned', 'biased', 'summed'])
          expect(bits(results[0]?.[name]), name).toEqual(bits(results[1]?.[name]))
      }),
      { numRuns: 25 },
    )
  })

  it('has them, too, where some numbers are not finite, some zeros negative, and some rows all zeros', async () => {
    const [rows, inner, columns] = [67, 150, 80]
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0]
    const x = numbers(rows * inner, 0.25, 9).map((value, i) => (i % 41 === 0 ? (odd[(i / 41) % 4] as number) : value))
    x.fill(0, 5 * inner, 8 * inner)
    const g = numbers(rows * columns, 1, 10)
    const w = numbers(inner * columns, 1, 11)
    const results = await Promise.all(
      // once through a product with 1, of which zeros are to be expected; NaN stays
      [(node: Node): Node => multiply(node, equal(node, node)), (node: Node): Node => node].map(async through => {
        const left = through(input('x', inner))
        const outputs = {
          forward: product(left, parameter('w', inner, columns)),
          summed: product(left, input('g', columns), { transposeA: true }),
        }
        const runner = new WasmRunner(compile({ outputs, batch: rows }), await instantiate())
        runner.load({ w })
        return runner.compute({ rows, inputs: { x, g } })
      }),
    )
    expect(results[0]).toEqual(results[1])
  })

  it('gives the same to several threads', async () => {
    const [rows, inner, columns] = [96, 50, 128]
    const inputs = { x: numbers(rows * inner, 0.3, 5), y: numbers(rows * columns, 1, 6) }
    const w = numbers(inner * columns, 1, 7)
    const trained = await Promise.all(
      [1, 2, 3].map(async threads => {
        const left = gate(input('x', inner), square(input('x', inner)))
        const loss = meanAll(square(product(relu(product(left, parameter('w', inner, columns))), parameter('u', columns, 48))))
        const rule = { kind: 'sgd', rate: 0.1 } as const
        const instance = threads === 1 ? await instantiate() : ((await instantiateShared()) as Instance)
        const runner = new WasmRunner(compile({ batch: 32, training: { loss, rule } }), instance, { threads, always: true })
        try {
          runner.load({ w, u: numbers(columns * 48, 1, 8) })
          runner.bind({ rows, inputs })
          const { loss: value } = await runner.epoch({ seed: { key0: 1, key1: 2 }, epoch: 0 })
          return { value, ...(await runner.state()).parameters }
        } finally {
          runner.dispose()
        }
      }),
    )
    expect(trained[1]).toEqual(trained[0])
    expect(trained[2]).toEqual(trained[0])
  })

  it('is told by the graph where zeros are to be expected', () => {
    const x = input('x', 4)
    const program = compile({ outputs: { y: relu(x), z: square(x), both: gate(square(x), x) }, batch: 2 })
    const found = zeros(program)
    expect(program.steps.map(({ op }, i) => [op, found[i]])).toEqual([
      ['input', false],
      ['relu', true],
      ['square', false],
      ['gate', true],
    ])
  })

  it('works in room below where programs lie', () => {
    expect(instantiateNow().kernels.constantsEnd()).toBeLessThanOrEqual(START)
  })
})
