import { describe, expect, it } from 'vitest'
import { wasm } from '../../../../lib/engine/index.ts'
import { adam, binaryCrossEntropy, dense, momentum, nadam, network, rmsProp } from '../../../../lib/nn/index.ts'
import { Seed } from '../../../../lib/numeric/index.ts'

/** Below it a float32 has fewer digits, and costs a processor a hundred times as much. */
const LEAST = 1.1754944e-38
const [ROWS, COLUMNS] = [512, 8]

const net = network({
  columns: COLUMNS,
  layers: [dense(32, { activation: 'relu' }), dense(16, { activation: 'relu' }), dense(1)],
  loss: binaryCrossEntropy,
})

describe('a network that is sure of all of its rows', () => {
  it.each([adam({ rate: 0.01 }), nadam({ rate: 0.01 }), rmsProp({ rate: 0.01 }), momentum({ rate: 0.01 })])(
    'keeps no number of the slow kind in its optimiser ($kind)',
    async rule => {
      const random = Seed.of(4).random()
      const x = Float32Array.from({ length: ROWS * COLUMNS }, () => 400 * (random.uniform() - 0.5))
      const y = Float32Array.from({ length: ROWS }, (_, i) => ((x[i * COLUMNS] as number) > 0 ? 1 : 0))
      const runner = await wasm.prepare(net.training(32, rule), { threads: 1 })
      runner.load(net.start(Seed.of(1)))
      runner.bind({ rows: ROWS, inputs: { x, y } })
      for (let epoch = 0; epoch < 80; epoch++) await runner.epoch({ seed: Seed.of(2), epoch })
      const { slots, parameters } = await runner.state()
      runner.dispose()
      const slow = (values: Float32Array): number => values.filter(value => value !== 0 && Math.abs(value) < LEAST).length
      expect(slots.map(slow)).toEqual(slots.map(() => 0))
      expect(Object.values(parameters).every(values => values.every(Number.isFinite))).toBe(true)
    },
  )
})
