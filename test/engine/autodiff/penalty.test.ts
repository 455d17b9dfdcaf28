import { describe, expect, it } from 'vitest'
import {
  add,
  compile,
  gradients,
  input,
  meanAll,
  multiply,
  parameter,
  product,
  reference,
  sqrt,
  square,
  subtract,
  sum,
  sumAll,
  tanh,
  wasm,
  type Node,
} from '../../../lib/engine/index.ts'
import { gradientError } from '../evaluate.ts'
import { Seed } from '../../../lib/numeric/index.ts'

const random = Seed.of(11).random()
const draw = (length: number): Float64Array => Float64Array.from({ length }, () => 2 * random.uniform() - 1)

/** A critic and the penalty (‖∇ₓ f(x)‖ - 1)² of Gulrajani et al. 2017, equation 3. */
function critic() {
  const weights = [parameter('w0', 3, 5), parameter('b0', 1, 5), parameter('w1', 5, 1)] as const
  const x = input('x', 3)
  const score = product(tanh(add(product(x, weights[0]), weights[1])), weights[2])
  const [slope] = gradients(sumAll(score), [x])
  const length = sqrt(sum(square(slope as Node), 1))
  const penalty = meanAll(square(subtract(length, 1)))
  return { weights, loss: add(meanAll(score), multiply(penalty, 10)), penalty }
}

describe('the gradient penalty of a Wasserstein GAN', () => {
  const values = { x: draw(12), w0: draw(15), b0: draw(5), w1: draw(5) }

  it('has the gradient of finite differences', () => {
    const { weights, loss } = critic()
    expect(gradientError(loss, gradients(loss, weights), weights, values, 4)).toBeLessThan(1e-7)
  })

  it.each([wasm, reference])('trains on $name towards slopes of length 1', async device => {
    const { loss, penalty } = critic()
    const runner = await device.prepare(
      compile({
        batch: 4,
        training: { loss, rule: { kind: 'adam', rate: 0.02, beta1: 0.5, beta2: 0.9, epsilon: 1e-8, decay: 0 } },
      }),
    )
    const rows = { rows: 4, inputs: { x: Float32Array.from(values.x) } }
    const start = Object.fromEntries(['w0', 'b0', 'w1'].map(name => [name, Float32Array.from(values[name as 'w0'])]))
    runner.load(start)
    runner.bind(rows)
    for (let epoch = 0; epoch < 60; epoch++) await runner.epoch({ seed: { key0: 1, key1: 2 }, epoch })
    const judge = await device.prepare(compile({ batch: 4, outputs: { penalty } }))
    const measured = async (parameters: Readonly<Record<string, Float32Array>>): Promise<number> => {
      judge.load(parameters)
      return (await judge.run(rows))['penalty']?.[0] as number
    }
    expect(await measured((await runner.state()).parameters)).toBeLessThan((await measured(start)) / 10)
  })
})
