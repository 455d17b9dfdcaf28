import { describe, expect, it } from 'vitest'
import { compile, input, meanAll, parameter, product, wasm } from '../../../lib/engine/index.ts'

describe('memory of the wasm device', () => {
  const small = compile({
    batch: 4,
    training: { loss: meanAll(product(input('x', 4), parameter('w', 4, 1))), rule: { kind: 'sgd', rate: 0.1 } },
  })

  it('is refused before training where a model is more than WebAssembly can address', async () => {
    const loss = meanAll(product(input('x', 40000), parameter('w', 40000, 40000)))
    await expect(wasm.prepare(compile({ batch: 4, training: { loss, rule: { kind: 'sgd', rate: 0.1 } } }))).rejects.toMatchObject(
      { code: 'out-of-memory', what: expect.stringMatching(/need 12\d{3} MiB/) as string },
    )
  })

  it('is known for rows that are not there yet', async () => {
    const runner = await wasm.prepare(small)
    const [none, many] = [runner.memory(0), runner.memory(10_000_000)]
    // four columns and the place in the order of an epoch; the learning rate of each step
    expect(many.data - none.data).toBe(10_000_000 * 4 * 5 + 2_500_000 * 8)
    expect({ ...many, data: 0, total: 0 }).toEqual({ ...none, data: 0, total: 0 })
  })
})
