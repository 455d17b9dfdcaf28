import { expect, it } from 'vitest'
import { compile, computeNow, wasm } from '../../../../lib/engine/index.ts'
import { designNetwork, rowsFor, startValues } from '../../design-network.ts'

it('gives at once the bytes that the device gives', async () => {
  const program = compile({ batch: 16, outputs: { logits: designNetwork(0).logits } })
  const { rows, inputs } = rowsFor(40)
  const runner = await wasm.prepare(program)
  runner.load(startValues())
  expect(computeNow(program, startValues(), { rows, inputs })).toEqual(await runner.run({ rows, inputs }))
})

it('refuses weights that are missing', () => {
  const program = compile({ batch: 16, outputs: { logits: designNetwork(0).logits } })
  expect(() => computeNow(program, {}, rowsFor(4))).toThrow(/no values for "w0"/)
})
