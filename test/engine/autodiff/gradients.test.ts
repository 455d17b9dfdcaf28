import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RULES } from '../../../lib/engine/autodiff/rules.ts'
import {
  add,
  elements,
  gradients,
  input,
  meanAll,
  multiply,
  parameter,
  reshape,
  square,
  sumAll,
  type Node,
} from '../../../lib/engine/index.ts'
import { CASES, type Case } from '../cases.ts'
import { gradientError } from '../evaluate.ts'

/** Values at which central differences are good: not within a step of a kink, and never equal to one another. */
function valuesOf({ shapes, domain }: Case, seed: readonly number[]): Record<string, Float64Array> {
  let drawn = 0
  return Object.fromEntries(
    shapes.map((shape, i) => [
      `p${i}`,
      Float64Array.from({ length: elements(shape, 1) }, () => {
        const raw = seed[drawn++ % seed.length] as number
        const own = raw + (drawn % 89) * 1e-3 + 5e-4
        return domain === 'positive'
          ? Math.abs(own) + 0.3
          : domain === 'away-from-kinks' && Math.abs(Math.abs(own) - 0.75) < 1e-3
            ? own + 5e-3
            : own
      }),
    ]),
  )
}

const seeds = fc.array(
  fc.integer({ min: -20, max: 20 }).map(each => each / 10),
  { minLength: 7, maxLength: 23 },
)

function parametersFor({ shapes }: Case): readonly Node[] {
  return shapes.map((shape, i) =>
    shape.length === 2
      ? parameter(`p${i}`, shape[0] as number, shape[1])
      : ({ op: 'parameter', inputs: [], shape, attributes: { name: `p${i}` } } as Node),
  )
}

describe.each(CASES.filter(({ large }) => large !== true))('$title', testCase => {
  it('has the gradient of central differences, and so has its gradient', () => {
    fc.assert(
      fc.property(seeds, seed => {
        const operands = parametersFor(testCase)
        const values = valuesOf(testCase, seed)
        // a weighted sum, so that no symmetry hides a misplaced element
        const result = testCase.build(operands)
        const weights = { op: 'parameter', inputs: [], shape: result.shape, attributes: { name: 'weights' } } as Node
        const given = {
          ...values,
          weights: Float64Array.from({ length: elements(result.shape, 1) }, (_, i) => 0.5 + ((i * 7) % 11) / 10),
        }
        const scalar = sumAll(multiply(result, weights))
        const slopes = gradients(scalar, operands)
        expect(gradientError(scalar, slopes, operands, given, 1)).toBeLessThan(2e-7)
        const second = slopes.map(slope => reshape(sumAll(square(slope)), [1, 1])).reduce(add)
        expect(gradientError(second, gradients(second, operands), operands, given, 1)).toBeLessThan(2e-5)
      }),
      { numRuns: 3, seed: 1 },
    )
  })
})

describe('gradients', () => {
  it('have a case for each operation that passes them on', () => {
    const sources = [
      'input',
      'parameter',
      'constant',
      'rows',
      'dropoutMask',
      'uniform',
      'normal',
      'stopGradient',
      'gruSlopes',
      'gruWeights',
      'lstmSlopes',
      'lstmWeights',
    ]
    expect(Object.keys(RULES).filter(op => !sources.includes(op) && !CASES.some(each => each.op === op))).toEqual([])
  })

  it('are 0 for what the scalar does not depend on', () => {
    const other = parameter('other', 2, 2)
    const [slope] = gradients(meanAll(input('x', 2)), [other])
    expect(slope).toMatchObject({ op: 'constant', shape: [2, 2], attributes: { value: 0 } })
  })

  it('refuse what is no scalar', () => {
    expect(() => gradients(input('x', 2), [])).toThrow(/shape \(batch, 2\)/)
  })
})
