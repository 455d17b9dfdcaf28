import { describe, expect, it } from 'vitest'
import { instantiate } from '../../../../lib/engine/devices/wasm/module.ts'
import { WasmRunner } from '../../../../lib/engine/devices/wasm/runner.ts'
import { blockRows } from '../../../../lib/engine/program/blocks.ts'
import {
  add,
  compile,
  dropoutMask,
  gradients,
  input,
  meanAll,
  multiply,
  parameter,
  product,
  sigmoid,
  square,
  sum,
  sumAll,
  wasm,
  type Program,
} from '../../../../lib/engine/index.ts'
import {
  adam,
  batchNorm,
  binaryCrossEntropy,
  dense,
  embedding,
  gru,
  meanSquaredError,
  network,
} from '../../../../lib/nn/index.ts'

describe('rows in blocks', () => {
  const [w, b] = [parameter('w', 5, 3), parameter('b', 1, 3)]
  const hidden = multiply(sigmoid(add(product(input('x', 5), w), b)), dropoutMask(['batch', 3], 0.4, 7))
  // decay makes a gradient that is not a sum over the rows alone
  const loss = add(meanAll(square(hidden)), multiply(sumAll(square(w)), 0.01))
  const [slopeOfW, slopeOfB] = gradients(loss, [w, b]) as [typeof w, typeof b]
  const program = compile({ batch: 40, outputs: { hidden, loss, slopeOfW, slopeOfB, rows: sum(hidden, 0) } })
  const values = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => ((i * 37) % 101) / 50 - 1)

  it.each([16, 32])('of %i give what the whole batch gives', async block => {
    const [whole, cut] = [await wasm.prepare(program), new WasmRunner(program, await instantiate(), { block })]
    const rows = { rows: 37, inputs: { x: values(37 * 5) } }
    for (const runner of [whole, cut]) runner.load({ w: values(15), b: values(3) })
    const random = { key0: 5, key1: 6, step: 2 }
    const [expected, got] = [await whole.run(rows, random), await cut.run(rows, random)]
    expect(got['hidden']).toEqual(expected['hidden'])
    for (const name of ['loss', 'slopeOfW', 'slopeOfB', 'rows'])
      expected[name]?.forEach((value, i) =>
        expect(Math.abs(value - (got[name]?.[i] as number)) / Math.max(1, Math.abs(value)), name).toBeLessThan(1e-6),
      )
  })

  it('need memory for the blocks alone, however large the batch', async () => {
    const net = network({ columns: 20, layers: [dense(128), dense(64), dense(1)], loss: binaryCrossEntropy })
    const [small, large] = [
      await wasm.prepare(net.training(1024, adam()), { threads: 1 }),
      await wasm.prepare(net.training(65536, adam()), { threads: 1 }),
    ]
    expect(large.memory(0)).toEqual(small.memory(0))
  })
})

describe('the rows of a block', () => {
  const rowsOf = (program: Program): number => blockRows(program)

  it('are the whole of a small batch, and share a large one out evenly', () => {
    const net = network({ columns: 20, layers: [dense(128), dense(64), dense(1)], loss: binaryCrossEntropy })
    expect([32, 128, 256, 1000, 1024, 8192].map(batch => rowsOf(net.training(batch, adam())))).toEqual([
      32, 128, 128, 128, 128, 128,
    ])
  })

  it('are few where a row is much work, but not below 64', () => {
    const net = network({ columns: 8, time: 26, layers: [gru(64), dense(1)], loss: binaryCrossEntropy })
    expect([64, 256].map(batch => rowsOf(net.training(batch, adam())))).toEqual([64, 64])
  })

  it('are many where every block would have a large table of its own', () => {
    const net = network({ columns: 1, layers: [embedding(20000, 8), dense(1)], loss: meanSquaredError })
    expect(rowsOf(net.training(4096, adam()))).toBe(4096)
  })

  it('are all where they depend on a sum over all', () => {
    const net = network({ columns: 20, layers: [dense(128), batchNorm(), dense(1)], loss: binaryCrossEntropy })
    expect(rowsOf(net.training(8192, adam()))).toBe(8192)
  })
})
