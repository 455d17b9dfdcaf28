import { describe, expect, test } from 'vitest'
import {
  fitGgomNbd,
  ggomNbdAlive,
  ggomNbdBuysAgain,
  ggomNbdExpected,
  ggomNbdExpectedPurchases,
  ggomNbdFirst,
  ggomNbdLogLikelihood,
  group,
  modelNamed,
  paretoNbdAlive,
  paretoNbdBuysAgain,
  paretoNbdExpected,
  paretoNbdExpectedPurchases,
  paretoNbdLogLikelihood,
  restoreModel,
  type GgomNbd,
} from '../../../lib/models/index.ts'
import { exponential, gamma, Seed } from '../../../lib/numeric/index.ts'
import { madeTask } from '../tiny-task.ts'
import { cdnowSample } from './cdnow-sample.ts'

const truth: GgomNbd = { r: 1.2, alpha: 6, b: 0.12, s: 0.9, beta: 12 }
const WEEKS = 40
const AHEAD = 30

/** Customers of a GGom/NBD process, observed for WEEKS, and what they do in the AHEAD weeks after. Gompertz by inversion. */
function simulated(count: number, seed: string) {
  const random = Seed.of(4).child(seed).random()
  return Array.from({ length: count }, () => {
    const rate = gamma(random, truth.r, truth.alpha)
    const level = gamma(random, truth.s, truth.beta)
    const lifetime = Math.log1p(exponential(random, level)) / truth.b
    let [x, tx, after] = [0, 0, 0]
    for (let time = exponential(random, rate); time < Math.min(lifetime, WEEKS + AHEAD); time += exponential(random, rate)) {
      if (time < WEEKS) [x, tx] = [x + 1, time]
      else after++
    }
    return { x, tx, after, alive: lifetime > WEEKS }
  })
}

describe('the CDNOW sample (Bemmaor and Glady 2012: .553, 10.578, b .0002, s .603, β .0026, -9594.98)', () => {
  const groups = cdnowSample().groups

  test('r, α and the log-likelihood to the published digits; b and β are on a ridge, which the doctor names', () => {
    const { parameters, logLikelihood, converged, note, standardErrors } = fitGgomNbd(groups)
    expect([parameters.r.toFixed(3), parameters.alpha.toFixed(3)]).toEqual(['0.553', '10.578'])
    expect(logLikelihood.toFixed(2)).toBe('-9594.98')
    expect(Math.abs(parameters.s - 0.603)).toBeLessThan(0.004)
    expect(converged).toBe(true)
    expect(note).toMatch(/almost flat along b and beta/)
    expect(standardErrors).toBeUndefined()
  })

  test('the published b gives the published likelihood beside Pareto/NBD’s β / b = 11.669: the model is that one here', () => {
    const published = ggomNbdLogLikelihood({ r: 0.5533, alpha: 10.5776, b: 0.0002, s: 0.6062, beta: 0.0002 * 11.6687 }, groups)
    expect(published.toFixed(2)).toBe('-9594.98')
    const limit = ggomNbdLogLikelihood({ r: 0.5533, alpha: 10.5776, b: 1e-9, s: 0.6062, beta: 1e-9 * 11.6687 }, groups)
    expect(limit).toBeCloseTo(paretoNbdLogLikelihood({ r: 0.5533, alpha: 10.5776, s: 0.6062, beta: 11.6687 }, groups), 5)
  })
})

test('where b and β vanish together every forecast is that of Pareto/NBD', () => {
  const pareto = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }
  const near: GgomNbd = { ...pareto, b: 1e-10, beta: 11.669e-10 }
  for (const [x, tx, T] of [
    [0, 0, 30],
    [2, 30.43, 38.86],
    [20, 10, 38],
  ] as const) {
    expect(Math.abs(ggomNbdAlive(near, x, tx, T) / paretoNbdAlive(pareto, x, tx, T) - 1)).toBeLessThan(1e-7)
    expect(Math.abs(ggomNbdBuysAgain(near, x, tx, T, 39) / paretoNbdBuysAgain(pareto, x, tx, T, 39) - 1)).toBeLessThan(1e-7)
    expect(
      Math.abs(ggomNbdExpectedPurchases(near, x, tx, T, 39) / paretoNbdExpectedPurchases(pareto, x, tx, T, 39) - 1),
    ).toBeLessThan(1e-7)
  }
  expect(Math.abs(ggomNbdExpected(near, 52) / paretoNbdExpected(pareto, 52) - 1)).toBeLessThan(1e-7)
})

test('somebody just come is forecast what somebody of whom nothing is known is', () => {
  expect(ggomNbdAlive(truth, 0, 0, 0)).toBe(1)
  expect(ggomNbdExpectedPurchases(truth, 0, 0, 0, 52)).toBeCloseTo(ggomNbdExpected(truth, 52), 12)
})

test('over 20,000 simulated customers the forecasts are right on average, within four standard errors', () => {
  const people = simulated(20_000, 'forecasts')
  const off = (said: (x: number, tx: number) => number, did: (person: (typeof people)[number]) => number): number => {
    const gaps = people.map(person => said(person.x, person.tx) - did(person))
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
    const sd = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) * (gap - mean), 0) / gaps.length)
    return mean / (sd / Math.sqrt(gaps.length))
  }
  expect(
    Math.abs(
      off(
        (x, tx) => ggomNbdAlive(truth, x, tx, WEEKS),
        ({ alive }) => Number(alive),
      ),
    ),
  ).toBeLessThan(4)
  expect(
    Math.abs(
      off(
        (x, tx) => ggomNbdBuysAgain(truth, x, tx, WEEKS, AHEAD),
        ({ after }) => Number(after > 0),
      ),
    ),
  ).toBeLessThan(4)
  expect(
    Math.abs(
      off(
        (x, tx) => ggomNbdExpectedPurchases(truth, x, tx, WEEKS, AHEAD),
        ({ after }) => after,
      ),
    ),
  ).toBeLessThan(4)
  expect(
    Math.abs(
      off(
        () => ggomNbdExpected(truth, WEEKS),
        ({ x }) => x,
      ),
    ),
  ).toBeLessThan(4)
})

test('4,000 simulated customers give back the true parameters within three standard errors, and a higher likelihood than Pareto/NBD could', () => {
  const people = simulated(4000, 'recovery')
  const groups = group(
    Float64Array.from(people, ({ x }) => x),
    Float64Array.from(people, ({ tx }) => tx),
    new Float64Array(4000).fill(WEEKS),
  )
  const { parameters, standardErrors, note, logLikelihood } = fitGgomNbd(groups)
  expect(note).toBe('')
  for (const name of ['r', 'alpha', 'b', 's', 'beta'] as const) {
    expect(Math.abs(parameters[name] - truth[name]), name).toBeLessThan(3 * (standardErrors?.[name] ?? NaN))
  }
  expect(logLikelihood).toBeGreaterThan(ggomNbdLogLikelihood(truth, groups))
})

test('it is fitted on request, by its name, and comes back from what it saved', async () => {
  const { task } = madeTask(60)
  const fitted = await modelNamed('ggom-nbd-gg1').fit(task, { seed: Seed.of(1) })
  expect([...restoreModel(fitted.save()).predict(task.customers, 30).rows()]).toEqual([
    ...fitted.predict(task.customers, 30).rows(),
  ])
  expect(ggomNbdFirst.family).toBe('classic')
})
