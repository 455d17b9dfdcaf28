import { describe, expect, it } from 'vitest'
import { compile, input, interpret } from '../../lib/engine/index.ts'
import { binaryCrossEntropy, huber, meanAbsoluteError, meanSquaredError, zeroInflatedLognormal, type Loss } from '../../lib/nn/index.ts'

/** The loss of each row. */
function lossOf(loss: Loss, outputs: readonly number[], targets: readonly number[], columns = 1): Float32Array {
  const program = compile({ outputs: { loss: loss(input('output', columns), input('target', 1)) }, batch: 16 })
  return interpret(program, {}, { rows: targets.length, inputs: { output: Float32Array.from(outputs), target: Float32Array.from(targets) } })['loss'] as Float32Array
}

const close = (got: Float32Array, expected: readonly number[]): void => expected.forEach((value, i) => expect(got[i]).toBeCloseTo(value, 5))

describe('losses by row, from their formulas', () => {
  it('squared and absolute error', () => {
    close(lossOf(meanSquaredError, [1, -2], [3, -2]), [4, 0])
    close(lossOf(meanAbsoluteError, [1, -2], [3, -2]), [2, 0])
  })

  it('Huber is quadratic to delta and linear beyond', () => {
    close(lossOf(huber(1.5), [1, 4], [0, 0]), [0.5, 1.5 * (4 - 0.75)])
  })

  it('binary cross-entropy is -log of the probability given to what happened', () => {
    const p = (z: number): number => 1 / (1 + Math.exp(-z))
    close(lossOf(binaryCrossEntropy, [0.3, 0.3, -4], [1, 0, 1]), [-Math.log(p(0.3)), -Math.log(1 - p(0.3)), -Math.log(p(-4))])
  })

  it('binary cross-entropy does not overflow where the sigmoid is 0 or 1', () => {
    close(lossOf(binaryCrossEntropy, [200, 200, -200], [1, 0, 0]), [0, 200, 0])
  })

  it('zero-inflated lognormal is -log p for a 0 and -log of the mixed density above it (Wang, Liu, Miao 2019, equation 4)', () => {
    const [z, mu, raw, y] = [0.4, 1.2, 0.3, 5]
    const sigma = Math.log(1 + Math.exp(raw))
    const p = 1 / (1 + Math.exp(-z))
    const density = Math.exp(-((Math.log(y) - mu) ** 2) / (2 * sigma * sigma)) / (y * sigma * Math.sqrt(2 * Math.PI))
    close(lossOf(zeroInflatedLognormal, [z, mu, raw, z, mu, raw], [0, y], 3), [-Math.log(1 - p), -Math.log(p * density)])
  })
})
