import { describe, expect, test } from 'vitest'
import {
  bgNbdExpected,
  bgNbdExpectedPurchases,
  fitBgNbd,
  fitGammaGamma,
  fitMbgNbd,
  fitParetoNbd,
  gammaGammaExpectedSpend,
  paretoNbdExpectedPurchases,
} from '../../../lib/models/btyd/index.ts'
import { cdnowSample } from './cdnow-sample.ts'

const { customers, column, groups } = cdnowSample()

test('2,357 customers, 946 of whom repeat with spend; the largest T is 38.86 weeks (Fader, Hardie, Lee 2005)', () => {
  expect(customers).toHaveLength(2357)
  expect(customers.filter(([x, , , spend]) => x > 0 && spend > 0)).toHaveLength(946)
  expect(Math.max(...groups.T)).toBeCloseTo(38.86, 2)
})

describe('BG/NBD', () => {
  test('parameters and log-likelihood (Fader, Hardie, Lee 2005: .243, 4.414, .793, 2.426, -9582.4)', () => {
    const { parameters, logLikelihood, converged } = fitBgNbd(groups)
    expect(converged).toBe(true)
    expect([parameters.r.toFixed(3), parameters.alpha.toFixed(3), parameters.a.toFixed(3), parameters.b.toFixed(3)]).toEqual([
      '0.243',
      '4.414',
      '0.793',
      '2.426',
    ])
    expect(logLikelihood).toBeCloseTo(-9582.429, 2)
  })

  const published = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
  test('E[Y(39) | x = 2, t_x = 30.43, T = 38.86] = 1.226 (Fader, Hardie, Lee 2005)', () => {
    expect(bgNbdExpectedPurchases(published, 2, 30.43, 38.86, 39)).toBeCloseTo(1.226, 3)
  })

  test('E[X(t)] at 1, 3, 32 weeks (lifetimes, tests/test_estimation.py) and 78 (SciPy: 1.8580; the printed 1.8576 is a series cut short, see likelihoods.test.ts)', () => {
    expect(
      [1, 3, 32, 78].map(t => bgNbdExpected({ r: 0.2425945, alpha: 4.4136019, a: 0.7929199, b: 2.4258881 }, t).toFixed(4)),
    ).toEqual(['0.0532', '0.1506', '1.0437', '1.8580'])
  })
})

test('Pareto/NBD (Fader, Hardie, Lee 2005: .553, 10.578, .606, 11.669, -9595.0), E[Y(52) | 26, 30.86, 31] (lifetimes)', () => {
  const { parameters, logLikelihood } = fitParetoNbd(groups)
  const { r, alpha, s, beta } = parameters
  expect([r, alpha, s, beta].map(each => each.toFixed(3))).toEqual(['0.553', '10.578', '0.606', '11.669'])
  expect(logLikelihood).toBeCloseTo(-9594.976, 2)
  expect(paretoNbdExpectedPurchases({ r: 0.5534, alpha: 10.578, s: 0.6061, beta: 11.6562 }, 26, 30.86, 31, 52)).toBeCloseTo(
    25.46,
    1,
  )
})

test('MBG/NBD (Batislam et al. 2007: .525, 6.183, .891, 1.614; likelihood recomputed -9582.13)', () => {
  const { parameters, logLikelihood } = fitMbgNbd(groups)
  expect([parameters.r.toFixed(3), parameters.alpha.toFixed(3), parameters.a.toFixed(3), parameters.b.toFixed(3)]).toEqual([
    '0.525',
    '6.183',
    '0.891',
    '1.614',
  ])
  expect(logLikelihood).toBeCloseTo(-9582.13, 1)
})

test('Gamma-Gamma (Fader and Hardie 2013: p 6.25, q 3.74, γ 15.44, -4055.92), expected spend 35.25, 35.17, 35.37', () => {
  const [x, z] = [column(0), column(3)]
  const kept = [...x.keys()].filter(i => (x[i] as number) > 0 && (z[i] as number) > 0)
  const { parameters, logLikelihood } = fitGammaGamma(
    Float64Array.from(kept, i => x[i] as number),
    Float64Array.from(kept, i => z[i] as number),
  )
  expect([parameters.p.toFixed(2), parameters.q.toFixed(2), parameters.gamma.toFixed(2)]).toEqual(['6.25', '3.74', '15.44'])
  expect(logLikelihood).toBeCloseTo(-4055.9177, 2)
  const expected = x.map((each, i) => gammaGammaExpectedSpend(parameters, each, z[i] as number))
  expect(expected.reduce((sum, each) => sum + each, 0) / expected.length).toBeCloseTo(35.25, 2)
  expect(gammaGammaExpectedSpend(parameters, 0, 0)).toBeCloseTo(35.17, 2)
  expect(kept.reduce((sum, i) => sum + (expected[i] as number), 0) / kept.length).toBeCloseTo(35.37, 2)
})

test.each([
  ['BG/NBD', fitBgNbd, 0.626],
  ['Pareto/NBD', fitParetoNbd, 0.63],
] as const)('%s: correlation with purchases of weeks 40-78 (Fader, Hardie, Lee 2005)', (name, fit, published) => {
  const { parameters } = fit(groups)
  const said = customers.map(([x, tx, T]) =>
    name === 'BG/NBD'
      ? bgNbdExpectedPurchases(parameters as never, x, tx / 7, T / 7, 39)
      : paretoNbdExpectedPurchases(parameters as never, x, tx / 7, T / 7, 39),
  )
  expect(correlation(said, [...column(4)])).toBeCloseTo(published, 2)
})

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length
  const [ma, mb] = [mean(a), mean(b)]
  const product = (p: readonly number[], q: readonly number[], mp: number, mq: number): number =>
    p.reduce((sum, each, i) => sum + (each - mp) * ((q[i] as number) - mq), 0)
  return product(a, b, ma, mb) / Math.sqrt(product(a, a, ma, ma) * product(b, b, mb, mb))
}
