import { describe, expect, it } from 'vitest'
import { compile, reference } from '../../../lib/engine/index.ts'
import { allDevices } from './all-devices.ts'
import { designNetwork, rowsFor, startValues } from '../design-network.ts'

const rule = { kind: 'adam', rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, decay: 0 } as const

describe.each(allDevices.filter(device => device !== reference))(
  'the network of the design, on $name against the reference',
  device => {
    it('computes the same loss and logits', async () => {
      const { logits, loss } = designNetwork()
      const program = compile({ outputs: { logits, loss }, batch: 32 })
      const rows = rowsFor(27)
      const [a, b] = await Promise.all(
        [reference, device].map(async each => {
          const runner = await each.prepare(program)
          runner.load(startValues())
          return runner.run(rows, { key0: 1, key1: 2, step: 3 })
        }),
      )
      for (let i = 0; i < 27; i++) expect(b?.['logits']?.[i]).toBeCloseTo(a?.['logits']?.[i] as number, 5)
      expect(b?.['loss']?.[0]).toBeCloseTo(a?.['loss']?.[0] as number, 5)
    })

    it('trains alike, dropout included', async () => {
      const { loss } = designNetwork()
      const program = compile({ batch: 32, training: { loss, rule } })
      const rows = rowsFor(100)
      const [a, b] = await Promise.all(
        [reference, device].map(async each => {
          const runner = await each.prepare(program)
          runner.load(startValues())
          runner.bind(rows)
          const losses = []
          for (let epoch = 0; epoch < 3; epoch++) losses.push((await runner.epoch({ seed: { key0: 5, key1: 6 }, epoch })).loss)
          return { losses, state: await runner.state() }
        }),
      )
      a?.losses.forEach((loss, i) => expect(b?.losses[i]).toBeCloseTo(loss, 5))
      for (const [name, values] of Object.entries(a?.state.parameters ?? {})) {
        values.forEach((value, i) => expect(Math.abs((b?.state.parameters[name]?.[i] as number) - value)).toBeLessThan(2e-4))
      }
      expect(b?.state.step).toBe(12)
    })
  },
)
