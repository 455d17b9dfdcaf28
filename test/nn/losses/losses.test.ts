import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { compile, gradients, input, interpret, parameter, sumAll } from '../../../lib/engine/index.ts'
import { EngineError } from '../../../lib/errors/index.ts'
import {
  binaryCrossEntropy,
  categoricalCrossEntropy,
  gaussianKl,
  gaussianNegativeLogLikelihood,
  huber,
  meanAbsoluteError,
  meanSquaredError,
  negativeBinomial,
  poisson,
  quantileLoss,
  zeroInflatedLognormal,
  type Loss,
} from '../../../lib/nn/index.ts'
import { lgamma } from '../../../lib/numeric/index.ts'
import { interpretDoubles } from '../../engine/doubles.ts'
import { gradientError } from '../../engine/evaluate.ts'

type Formula = (output: readonly number[], target: readonly number[]) => number

interface Row {
  readonly output: readonly number[]
  readonly target: readonly number[]
}

/** The loss of each row in single precision, as a network would see it. */
function lossOf(loss: Loss, rows: readonly Row[]): number[] {
  const program = compile({
    outputs: { loss: loss(input('output', rows[0]?.output.length as number), input('target', rows[0]?.target.length as number)) },
    batch: 16,
  })
  const inputs = {
    output: Float32Array.from(rows.flatMap(row => row.output)),
    target: Float32Array.from(rows.flatMap(row => row.target)),
  }
  return [...(interpret(program, {}, { rows: rows.length, inputs })['loss'] as Float32Array)]
}

const softplus = (x: number): number => Math.log(1 + Math.exp(x))
const logistic = (z: number): number => 1 / (1 + Math.exp(-z))
const at = (values: readonly number[], i: number): number => values[i] as number

/** Each loss, its formula in plain doubles, and rows away from kinks. */
const LOSSES: readonly (readonly [string, Loss, Formula, readonly Row[]])[] = [
  [
    'squared error',
    meanSquaredError,
    (o, t) => ((at(o, 0) - at(t, 0)) ** 2 + (at(o, 1) - at(t, 1)) ** 2) / 2,
    [
      { output: [1, -2], target: [3, 0.5] },
      { output: [0.1, 0.2], target: [0, 0] },
    ],
  ],
  [
    'absolute error',
    meanAbsoluteError,
    (o, t) => Math.abs(at(o, 0) - at(t, 0)),
    [
      { output: [1], target: [3] },
      { output: [-2], target: [-2.5] },
    ],
  ],
  [
    'Huber',
    huber(1.5),
    (o, t) => {
      const e = Math.abs(at(o, 0) - at(t, 0))
      return e <= 1.5 ? (e * e) / 2 : 1.5 * (e - 0.75)
    },
    [
      { output: [1], target: [0] },
      { output: [4], target: [0] },
      { output: [-4], target: [0.25] },
    ],
  ],
  [
    'quantile 0.9',
    quantileLoss(0.9),
    (o, t) => (at(t, 0) > at(o, 0) ? 0.9 * (at(t, 0) - at(o, 0)) : 0.1 * (at(o, 0) - at(t, 0))),
    [
      { output: [1], target: [3] },
      { output: [3], target: [1] },
    ],
  ],
  [
    'binary cross-entropy',
    binaryCrossEntropy,
    (o, t) => -(at(t, 0) * Math.log(logistic(at(o, 0))) + (1 - at(t, 0)) * Math.log(1 - logistic(at(o, 0)))),
    [
      { output: [0.3], target: [1] },
      { output: [0.3], target: [0] },
      { output: [-4], target: [1] },
      { output: [2], target: [0.25] },
    ],
  ],
  [
    'categorical cross-entropy',
    categoricalCrossEntropy,
    (o, t) => {
      const all = o.reduce((sum, z) => sum + Math.exp(z), 0)
      return -t.reduce((sum, p, c) => sum + p * Math.log(Math.exp(at(o, c)) / all), 0)
    },
    [
      { output: [0.3, -1, 2], target: [0, 0, 1] },
      { output: [1.5, 0.5, -2], target: [0.2, 0.5, 0.3] },
    ],
  ],
  [
    'Gaussian',
    gaussianNegativeLogLikelihood,
    ([mu = 0, raw = 0], [y = 0]) => {
      const sigma = softplus(raw)
      return -Math.log(Math.exp(-((y - mu) ** 2) / (2 * sigma * sigma)) / (sigma * Math.sqrt(2 * Math.PI)))
    },
    [
      { output: [0.5, 0.2], target: [1.7] },
      { output: [-2, -1.5], target: [-1.9] },
    ],
  ],
  [
    'zero-inflated lognormal',
    zeroInflatedLognormal,
    ([z = 0, mu = 0, raw = 0], [y = 0]) => {
      const sigma = softplus(raw)
      const density = Math.exp(-((Math.log(y) - mu) ** 2) / (2 * sigma * sigma)) / (y * sigma * Math.sqrt(2 * Math.PI))
      return y === 0 ? -Math.log(1 - logistic(z)) : -Math.log(logistic(z) * density)
    },
    [
      { output: [0.4, 1.2, 0.3], target: [0] },
      { output: [0.4, 1.2, 0.3], target: [5] },
    ],
  ],
  [
    'Poisson',
    poisson,
    ([z = 0], [y = 0]) => Math.exp(z) - y * z + lgamma(y + 1),
    [
      { output: [0.5], target: [0] },
      { output: [-1.5], target: [2] },
      { output: [3], target: [25] },
    ],
  ],
  [
    'negative binomial',
    negativeBinomial,
    ([z = 0, raw = 0], [y = 0]) => {
      const [m, r] = [Math.exp(z), softplus(raw)]
      return -(lgamma(y + r) - lgamma(r) - lgamma(y + 1) + r * Math.log(r / (r + m)) + y * Math.log(m / (r + m)))
    },
    [
      { output: [0.5, 0.2], target: [0] },
      { output: [0.5, 0.2], target: [3] },
      { output: [3.1, -1], target: [40] },
    ],
  ],
]

describe('losses by row', () => {
  it.each(LOSSES)('%s is its formula in doubles', (_, loss, formula, rows) => {
    lossOf(loss, rows).forEach((value, i) => expect(value).toBeCloseTo(formula(rows[i]?.output ?? [], rows[i]?.target ?? []), 5))
  })

  it.each(LOSSES)('the gradient of %s agrees with finite differences of its formula', (_, loss, formula, rows) => {
    for (const { output, target } of rows) {
      const raw = parameter('output', 1, output.length)
      const [slope] = gradients(sumAll(loss(raw, parameter('target', 1, target.length))), [raw])
      const got = interpretDoubles(
        { slope: slope as NonNullable<typeof slope> },
        { output: Float64Array.from(output), target: Float64Array.from(target) },
        1,
      )['slope'] as Float64Array
      output.forEach((value, i) => {
        const difference = (formula(output.with(i, value + 1e-5), target) - formula(output.with(i, value - 1e-5), target)) / 2e-5
        expect(Math.abs((got[i] as number) - difference)).toBeLessThan(1e-6 * Math.max(1, Math.abs(difference)))
      })
    }
  })

  it('cross-entropies do not overflow where a probability is 0 or 1', () => {
    const binary = lossOf(
      binaryCrossEntropy,
      [200, 200, -200].map((z, i) => ({ output: [z], target: [i === 0 ? 1 : 0] })),
    )
    ;[0, 200, 0].forEach((value, i) => expect(binary[i]).toBeCloseTo(value, 5))
    const categorical = lossOf(categoricalCrossEntropy, [
      { output: [300, 0, -300], target: [1, 0, 0] },
      { output: [300, 0, -300], target: [0, 0, 1] },
    ])
    expect(categorical[0]).toBeCloseTo(0, 5)
    expect(categorical[1]).toBeCloseTo(600, 3)
  })

  it('negative binomial, Poisson and Gaussian are what SciPy 1.17.1 says (-nbinom.logpmf(y, r, r / (r + m)), -poisson.logpmf, -norm.logpdf)', () => {
    const near = (loss: Loss, cases: readonly (readonly [readonly number[], number, number])[]): void => {
      const got = lossOf(
        loss,
        cases.map(([output, y]) => ({ output, target: [y] })),
      )
      cases.forEach(([, , expected], i) =>
        expect(Math.abs((got[i] as number) - expected)).toBeLessThan(2e-6 * Math.max(1, Math.abs(expected))),
      )
    }
    near(negativeBinomial, [
      [[0.5, 0.2], 0, 0.8941376573913503],
      [[0.5, 0.2], 3, 2.480080007778068],
      [[-1.2, 2.5], 1, 1.5953258455056445],
      [[3.1, -1], 40, 5.486035850285673],
    ])
    near(poisson, [
      [[0.5], 0, 1.6487212707001282],
      [[0.5], 3, 1.9404807399281832],
      [[-1.5], 2, 3.9162773407083753],
      [[3], 25, 3.089142146168186],
    ])
    near(gaussianNegativeLogLikelihood, [
      [[0.5, 0.2], 1.7, 1.8237186111734736],
      [[-2, -1.5], -1.9, -0.5602058864106843],
    ])
  })

  it('refuses a quantile that is none', () => {
    expect(() => quantileLoss(1)).toThrow(EngineError)
    expect(() => quantileLoss(Number.NaN)).toThrow(/a quantile of NaN/)
  })
})

describe('KL of Gaussians', () => {
  const pair = [parameter('mean', 2, 3), parameter('sd', 2, 3)] as const
  const values = { mean: Float64Array.of(0.5, -1, 2, 0, 0.25, -0.75), sd: Float64Array.of(1.5, 0.5, 1, 1, 0.1, 3) }
  const numerically = (mu: number, sigma: number, m: number, s: number): number => {
    const density = (x: number, mean: number, sd: number): number =>
      Math.exp(-((x - mean) ** 2) / (2 * sd * sd)) / (sd * Math.sqrt(2 * Math.PI))
    let total = 0
    for (let i = -20000; i < 20000; i++) {
      const x = mu + ((i + 0.5) * sigma) / 2000
      total += density(x, mu, sigma) * Math.log(density(x, mu, sigma) / density(x, m, s)) * (sigma / 2000)
    }
    return total
  }
  it.each([[{ mean: 0, sd: 1 }], [{ mean: 0.4, sd: 2 }]])('is the integral of p log(p / q), to N(%o)', to => {
    const got = interpretDoubles({ kl: gaussianKl({ mean: pair[0], sd: pair[1] }, to) }, values, 1)['kl'] as Float64Array
    for (const row of [0, 1]) {
      const expected = [0, 1, 2].reduce(
        (sum, c) => sum + numerically(values.mean[3 * row + c] as number, values.sd[3 * row + c] as number, to.mean, to.sd),
        0,
      )
      expect(got[row]).toBeCloseTo(expected, 6)
    }
  })

  it('has the gradient of finite differences', () => {
    const kl = sumAll(gaussianKl({ mean: pair[0], sd: pair[1] }))
    expect(gradientError(kl, gradients(kl, pair), pair, values, 1)).toBeLessThan(1e-6)
  })
})

describe('losses agree with TensorFlow.js 4.22 (cpu)', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu')
  })
  const rows: readonly Row[] = [
    { output: [0.3, -1, 2], target: [0, 0, 1] },
    { output: [1.5, 0.5, -2], target: [0, 1, 0] },
    { output: [-0.2, 0.9, 0.4], target: [1, 0, 0] },
  ]
  const [outputs, targets] = [rows.map(({ output }) => [...output]), rows.map(({ target }) => [...target])]
  it.each<readonly [string, Loss, () => tf.Tensor]>([
    ['squared error', meanSquaredError, () => tf.losses.meanSquaredError(tf.tensor2d(targets), tf.tensor2d(outputs))],
    ['absolute error', meanAbsoluteError, () => tf.losses.absoluteDifference(tf.tensor2d(targets), tf.tensor2d(outputs))],
    ['Huber', huber(1), () => tf.losses.huberLoss(tf.tensor2d(targets), tf.tensor2d(outputs), undefined, 1)],
    ['binary cross-entropy', binaryCrossEntropy, () => tf.losses.sigmoidCrossEntropy(tf.tensor2d(targets), tf.tensor2d(outputs))],
    [
      'categorical cross-entropy',
      categoricalCrossEntropy,
      () => tf.losses.softmaxCrossEntropy(tf.tensor2d(targets), tf.tensor2d(outputs)),
    ],
  ])('%s, the mean over rows', (_, loss, theirs) => {
    const ours = lossOf(loss, rows).reduce((sum, each) => sum + each, 0) / rows.length
    expect(ours).toBeCloseTo(theirs().dataSync()[0] as number, 5)
  })
})

describe('a loss refuses columns that it does not take', () => {
  const net = (loss: Loss, outputs: number, targets: number) => () => loss(input('output', outputs), input('target', targets))
  it.each<[string, () => unknown]>([
    ['meanSquaredError', net(meanSquaredError, 3, 1)],
    ['meanAbsoluteError', net(meanAbsoluteError, 1, 3)],
    ['huber', net(huber(1), 2, 1)],
    ['quantileLoss', net(quantileLoss(0.5), 2, 1)],
    ['binaryCrossEntropy', net(binaryCrossEntropy, 2, 1)],
    ['categoricalCrossEntropy', net(categoricalCrossEntropy, 3, 1)],
    ['poisson', net(poisson, 2, 1)],
    ['negativeBinomial', net(negativeBinomial, 1, 1)],
    ['gaussianNegativeLogLikelihood', net(gaussianNegativeLogLikelihood, 3, 1)],
    ['zeroInflatedLognormal', net(zeroInflatedLognormal, 5, 1)],
    ['zeroInflatedLognormal', net(zeroInflatedLognormal, 3, 3)],
  ])('%s', (name, build) => {
    expect(build).toThrow(
      expect.objectContaining({
        code: 'loss-columns',
        what: expect.stringContaining(`"${name}" cannot take`) as string,
      }) as Error,
    )
  })
})
