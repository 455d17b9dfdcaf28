import { describe, expect, it } from 'vitest'
import { UsageError } from '../../lib/errors/index.ts'
import { ACTIVATIONS, activation, conv1d, dense, meanSquaredError, network, train, type Activation } from '../../lib/nn/index.ts'
import { Seed } from '../../lib/numeric/index.ts'
import { outcome } from './layers/built.ts'

/** By Python's math module in doubles, of -2, -0.5, 0.5 and 2. */
const EXPECTED: readonly (readonly [Activation, readonly number[]])[] = [
  ['gelu', [-0.0455002639, -0.1542687694, 0.3457312306, 1.9544997361]],
  ['elu', [-0.8646647168, -0.3934693403, 0.5, 2]],
  ['leakyRelu', [-0.02, -0.005, 0.5, 2]],
  ['softmax', [0.0138384682, 0.0620197118, 0.1685870556, 0.7555547644]],
]

describe('activations', () => {
  it.each(EXPECTED)('%s as by erf, expm1 and exp of Python', async (name, expected) => {
    const { y } = await outcome(activation(name), { rows: 1, columns: 4 }, Float32Array.of(-2, -0.5, 0.5, 2), {})
    y.forEach((value, i) => expect(value).toBeCloseTo(expected[i] as number, 6))
  })

  it.each(Object.keys(ACTIVATIONS) as Activation[])('%s trains in a layer', async name => {
    const net = network({ columns: 1, layers: [dense(4, { activation: name }), dense(1)], loss: meanSquaredError })
    const x = Float32Array.from({ length: 32 }, (_, i) => i / 16 - 1)
    const { history } = await train(net, { rows: 32, x, y: x }, { epochs: 30, batch: 8, seed: Seed.of(3) })
    expect(history.at(-1)?.loss).toBeLessThan(history[0]?.loss as number)
  })

  it('an unknown name is refused with the nearest', () => {
    for (const make of [activation, (name: Activation) => dense(4, { activation: name })])
      expect(() => make('leaky_relu' as never)).toThrow(/no activation "leaky_relu"[^]*did you mean leakyRelu\?/)
    expect(() => conv1d(2, { kernel: 2, activation: 'toString' as never })).toThrow(UsageError)
  })
})
