import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  add,
  digamma,
  divide,
  gradients,
  lgamma,
  log,
  parameter,
  reference,
  square,
  subtract,
  sumAll,
  trigamma,
  wasm,
  type Node,
} from '../../../lib/engine/index.ts'
import { interpretDoubles } from '../doubles.ts'
import { evaluateOn, gradientError } from '../evaluate.ts'

/** x, exact in float32, with log Γ, ψ, ψ' and ψ'' there: mpmath 1.3 with 40 digits, `loggamma`, `digamma`, `polygamma(1, x)`, `polygamma(2, x)`. */
const TABLE: readonly (readonly [number, number, number, number, number])[] = [
  [0.0009765625, 6.93090890241946, -1024.57561042934, 1048577.64258939, -2147483650.39778],
  [0.0625, 2.7396316219462, -16.4788534900601, 257.506420042915, -8194.04230555036],
  [0.25, 1.28802252469808, -4.22745353337627, 17.1973291545071, -129.327739937537],
  [0.5, 0.5723649429247, -1.96351002602142, 4.93480220054468, -16.8287966442343],
  [0.75, 0.203280951431295, -1.08586087978647, 2.54187964767161, -5.30263321633764],
  [1, 0.0, -0.577215664901533, 1.64493406684823, -2.40411380631919],
  [1.25, -0.0982718364218132, -0.227453533376265, 1.19732915450711, -1.32773993753692],
  [1.5, -0.120782237635245, 0.0364899739785765, 0.934802200544679, -0.82879664423432],
  [2, 0.0, 0.422784335098467, 0.644934066848226, -0.404113806319189],
  [2.5, 0.284682870472919, 0.703156640645243, 0.490357756100235, -0.236204051641727],
  [3.75, 1.48681557859342, 1.1825373886118, 0.305339852690253, -0.0925463385158993],
  [6, 4.78749174278205, 1.7061176684318, 0.181322955737115, -0.0327897322451145],
  [7.5, 7.53436423675873, 1.94675748424609, 0.142615896696704, -0.0203052525366447],
  [12, 17.5023078458739, 2.44266167997581, 0.0869018728717684, -0.00754720536899891],
  [33.25, 82.429238345909, 3.48894180352094, 0.0305319795354216, -0.000932129400373381],
  [100, 359.134205369575, 4.60016185273809, 0.0100501666633336, -0.00010100499983335],
  [1000.5, 5908.67417584868, 6.9077553206488, 0.000999999916666696, -9.99999750000146e-7],
  [65536, 661276.871765186, 11.0903472595452, 0.0000152589054784139, -2.32834196394653e-10],
]

const FUNCTIONS = [
  ['lgamma', lgamma, 1],
  ['digamma', digamma, 2],
  ['trigamma', trigamma, 3],
] as const

const xs = Float32Array.from(TABLE, ([x]) => x)
const x = parameter('x', 1, xs.length)

/** The largest difference, relative to 1 + |value|. */
const worst = (got: ArrayLike<number> | undefined, column: number): number =>
  TABLE.reduce(
    (most, row, i) =>
      Math.max(most, Math.abs((got?.[i] as number) - (row[column] as number)) / (1 + Math.abs(row[column] as number))),
    0,
  )

/** What an operation of float32 leaves, and what the cut series does in doubles. */
const LIMITS = { wasm: 2e-6, reference: 5e-8 } as const

describe.each([wasm, reference])('the gamma function and its derivatives on $name', device => {
  it.each(FUNCTIONS)('%s and its gradient are those of mpmath 1.3 (40 digits)', async (_, build, column) => {
    const y = build(x)
    const [slope] = gradients(sumAll(y), [x])
    const got = await evaluateOn(device, { y, slope: slope as Node }, { x: xs }, 1)
    const limit = LIMITS[device.name as keyof typeof LIMITS]
    expect(worst(got['y'], column)).toBeLessThan(limit)
    expect(worst(got['slope'], column + 1)).toBeLessThan(limit)
  })
})

const positive = fc.array(fc.double({ min: 0.05, max: 50, noNaN: true }), { minLength: 4, maxLength: 4 })

/** Both in doubles, element by element, relative to 1 + |value|. */
function difference(a: Node, b: Node, values: readonly number[]): number {
  const got = interpretDoubles({ a, b }, { p: Float64Array.from(values) }, 1)
  return values.reduce((most, _, i) => {
    const [own, other] = [got['a']?.[i] as number, got['b']?.[i] as number]
    return Math.max(most, Math.abs(own - other) / (1 + Math.abs(other)))
  }, 0)
}

describe('for all x > 0', () => {
  const p = parameter('p', 1, 4)
  const next = add(p, 1)

  it.each([
    ['log Γ(x + 1) = log Γ(x) + log x', lgamma(next), add(lgamma(p), log(p))],
    ['ψ(x + 1) = ψ(x) + 1 / x (Abramowitz and Stegun 6.3.5)', digamma(next), add(digamma(p), divide(1, p))],
    ["ψ'(x + 1) = ψ'(x) - 1 / x² (6.4.6)", trigamma(next), subtract(trigamma(p), divide(1, square(p)))],
  ])('%s', (_, a, b) => {
    fc.assert(
      fc.property(positive, values => {
        expect(difference(a, b, values)).toBeLessThan(1e-7)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it.each(FUNCTIONS)('the gradient of %s is that of central differences', (_, build) => {
    fc.assert(
      fc.property(positive, values => {
        const of = sumAll(build(p))
        const spread = Float64Array.from(values, value => value + 0.2)
        expect(gradientError(of, gradients(of, [p]), [p], { p: spread }, 1)).toBeLessThan(1e-6)
      }),
      { seed: 2, numRuns: 30 },
    )
  })
})
