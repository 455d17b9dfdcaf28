import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile, type Program, type State, type UpdateRule } from '../../../../lib/engine/index.ts'
import { instantiate, instantiateShared, type Instance } from '../../../../lib/engine/devices/wasm/module.ts'
import { WasmRunner } from '../../../../lib/engine/devices/wasm/runner.ts'
import { plan } from '../../../../lib/engine/program/plan.ts'
import { designNetwork, startValues } from '../../design-network.ts'

type Layers = readonly (readonly [number, number])[]

const layersOf = (columns: number, wide: number, narrow: number): Layers => [
  [columns, wide],
  [wide, narrow],
  [narrow, 1],
]
const programOf = (layers: Layers, batch: number, decay = 0): Program => {
  const rule: UpdateRule = { kind: 'adam', rate: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, decay }
  return compile({ batch, training: { loss: designNetwork(0.5, layers).loss, rule } })
}
const ridden = (program: Program): number => {
  const { kernels, sections } = plan(program, { block: program.batch, threads: 1 })
  return kernels.length - sections[2]
}

/** State and losses after two epochs, or what they failed with. Updates ride on products where one thread trains, and never where two do. */
async function trained(
  program: Program,
  layers: Layers,
  threads: number,
  inputs: Readonly<Record<string, Float32Array>>,
): Promise<{ readonly state: State; readonly outcomes: readonly unknown[] }> {
  const instance = threads === 1 ? await instantiate() : ((await instantiateShared()) as Instance)
  const runner = new WasmRunner(program, instance, { threads, block: program.batch, always: true })
  try {
    runner.load(startValues(layers))
    runner.bind({ rows: (inputs['y'] as Float32Array).length, inputs })
    const outcomes: unknown[] = []
    for (let epoch = 0; epoch < 2; epoch++) {
      const result = runner.epoch({ seed: { key0: 5, key1: 6 }, epoch })
      outcomes.push(
        await result.then(
          ({ loss }) => loss,
          (error: Error) => error.message,
        ),
      )
    }
    return { state: await runner.state(), outcomes }
  } finally {
    runner.dispose()
  }
}

/** Rows that follow from their number. */
function rowsOf(rows: number, columns: number, size = 1): { readonly x: Float32Array; readonly y: Float32Array } {
  const value = (i: number): number => ((Math.imul(i + 1, 0x9e3779b1) >>> 8) / 2 ** 23 - 1) * size
  const x = Float32Array.from({ length: rows * columns }, (_, i) => value(i))
  return { x, y: Float32Array.from({ length: rows }, (_, i) => (value(7 * i) > 0 ? 1 : 0)) }
}

describe('an update that rides on the product of its gradient', () => {
  it('has the bits of one that comes after it, whatever the shape', async () => {
    const shape = fc.record({
      columns: fc.integer({ min: 1, max: 40 }),
      wide: fc.constantFrom(16, 32, 48, 129, 144),
      narrow: fc.constantFrom(16, 32, 80, 7),
      batch: fc.constantFrom(1, 5, 16, 32),
      decay: fc.constantFrom(0, 0.1),
    })
    await fc.assert(
      fc.asyncProperty(shape, async ({ columns, wide, narrow, batch, decay }) => {
        const layers = layersOf(columns, wide, narrow)
        const program = programOf(layers, batch, decay)
        const inputs = rowsOf(3 * batch + (batch >> 1), columns)
        expect(await trained(program, layers, 1, inputs)).toEqual(await trained(program, layers, 2, inputs))
      }),
      { numRuns: 12 },
    )
  })

  const layers = layersOf(20, 128, 64)
  const program = programOf(layers, 32)

  it('is made apart where operands are too large to be sure that gradients are finite', async () => {
    expect(ridden(program)).toBe(2)
    const inputs = rowsOf(96, 20, 1e13)
    const alone = await trained(program, layers, 1, inputs)
    expect(alone.outcomes).toEqual([expect.any(Number), expect.any(Number)])
    expect(alone).toEqual(await trained(program, layers, 2, inputs))
  })

  it('leaves everything as it was where a gradient is not finite', async () => {
    const inputs = rowsOf(32, 20, 3e38)
    // the loss of logits near 0 is finite, the gradient of the first weights is not
    const start = startValues(layers)
    const still = { ...start, w0: (start['w0'] as Float32Array).fill(0) }
    const results = await Promise.all(
      [1, 2].map(async threads => {
        const instance = threads === 1 ? await instantiate() : ((await instantiateShared()) as Instance)
        const runner = new WasmRunner(program, instance, { threads, always: true })
        try {
          runner.load({ ...still, b0: (start['b0'] as Float32Array).fill(1), w2: (start['w2'] as Float32Array).fill(10) })
          runner.bind({ rows: 32, inputs })
          const before = await runner.state()
          await expect(runner.epoch({ seed: { key0: 5, key1: 6 }, epoch: 0 })).rejects.toThrow('not finite')
          expect(await runner.state()).toEqual(before)
          return before
        } finally {
          runner.dispose()
        }
      }),
    )
    expect(results[0]).toEqual(results[1])
  })
})
