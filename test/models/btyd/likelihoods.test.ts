import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bgNbdAlive,
  bgNbdBuysAgain,
  bgNbdExpected,
  bgNbdExpectedPurchases,
  bgNbdLogLikelihood,
  gammaGammaLogLikelihood,
  ggomNbdLogLikelihood,
  group,
  mbgNbdAlive,
  mbgNbdExpected,
  mbgNbdExpectedPurchases,
  mbgNbdLogLikelihood,
  paretoNbdAlive,
  paretoNbdBuysAgain,
  paretoNbdExpected,
  paretoNbdExpectedPurchases,
  paretoNbdLogLikelihood,
} from '../../../lib/models/btyd/index.ts'

const histories: readonly (readonly [x: number, tx: number, T: number])[] = [
  [0, 0, 30],
  [1, 5, 30],
  [2, 30.43, 38.86],
  [7, 30, 32],
  [20, 10, 38],
  [3, 12, 12],
]
const groups = group(
  ...([0, 1, 2].map(i => Float64Array.from(histories, line => line[i] as number)) as [Float64Array, Float64Array, Float64Array]),
)

/** lifetimes 0.11.3 on SciPy 1.17.1: E[Y(39)], P(alive) and P(no purchase in 39 weeks) of the first five histories. */
const lifetimes = {
  bg: {
    parameters: { r: 0.2426, alpha: 4.4136, a: 0.7929, b: 2.4259 },
    purchases: [0.23900218630069117, 0.4421262466376439, 1.2259226579870348, 5.234140001931892, 1.263984295755574e-7],
    alive: [1, 0.3793007763521898, 0.7266140448542472, 0.8759071913376666, 8.77713324890783e-9],
    expected: [0.053185541226538936, 0.15063450121286612, 1.043763953815197, 1.85802390486627],
  },
  mbg: {
    parameters: { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 },
    purchases: [0.19963084318959234, 0.43656411546117574, 1.2629606232673432, 5.016719477090671, 3.7090174878001184e-7],
    alive: [0.41740479638161493, 0.3286374051579702, 0.7062022651184873, 0.8657563574902001, 2.7035294750237438e-8],
    expected: [0.053084795263698685, 0.15086328860664794, 1.0371828324286185, 1.8047575775531313],
  },
  pareto: {
    parameters: { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 },
    purchases: [0.1530745149534534, 0.42753018287895067, 1.4551231932576019, 5.432093386719058, 6.52620762269335e-6],
    alive: [0.35725274810969365, 0.3552983105394456, 0.8691675591530111, 0.9663907974160485, 4.770228643864317e-7],
    silent: [0.907278888137794, 0.8034614309718885, 0.4080627236064643, 0.10838098800613952, 0.9999995363622327],
    expected: [0.050979843245990884, 0.14606118505019636, 1.0558961304112626, 1.9093981293136852],
  },
} as const

function expectClose(ours: readonly number[], theirs: readonly number[]): void {
  ours.forEach((value, i) => expect(Math.abs(value / (theirs[i] as number) - 1), `${i}`).toBeLessThan(1e-9))
}

describe('forecasts agree with lifetimes 0.11.3 to nine digits', () => {
  const five = histories.slice(0, 5)
  const weeks = [1, 3, 32, 78]

  test('BG/NBD', () => {
    const { parameters, purchases, alive, expected } = lifetimes.bg
    expectClose(
      five.map(history => bgNbdExpectedPurchases(parameters, ...history, 39)),
      purchases,
    )
    expectClose(
      five.map(history => bgNbdAlive(parameters, ...history)),
      alive,
    )
    expectClose(
      weeks.map(t => bgNbdExpected(parameters, t)),
      expected,
    )
  })

  test('MBG/NBD', () => {
    const { parameters, purchases, alive, expected } = lifetimes.mbg
    expectClose(
      five.map(history => mbgNbdExpectedPurchases(parameters, ...history, 39)),
      purchases,
    )
    expectClose(
      five.map(history => mbgNbdAlive(parameters, ...history)),
      alive,
    )
    expectClose(
      weeks.map(t => mbgNbdExpected(parameters, t)),
      expected,
    )
  })

  test('Pareto/NBD', () => {
    const { parameters, purchases, alive, silent, expected } = lifetimes.pareto
    expectClose(
      five.map(history => paretoNbdExpectedPurchases(parameters, ...history, 39)),
      purchases,
    )
    expectClose(
      five.map(history => paretoNbdAlive(parameters, ...history)),
      alive,
    )
    expectClose(
      five.map(history => 1 - paretoNbdBuysAgain(parameters, ...history, 39)),
      silent,
    )
    expectClose(
      weeks.map(t => paretoNbdExpected(parameters, t)),
      expected,
    )
  })

  test('the 1.8576 that is printed for BG/NBD at 78 weeks is eq. 9 with its series cut off after 150 terms', () => {
    const { r, alpha, a, b } = { r: 0.2425945226626891, alpha: 4.41360202972901, a: 0.7929220177463959, b: 2.4259067795401776 }
    let [term, series] = [1, 1]
    for (let n = 0; n < 150; n++) {
      term *= (((r + n) * (b + n)) / ((a + b - 1 + n) * (n + 1))) * (78 / (alpha + 78))
      series += term
    }
    const cut = ((a + b - 1) / (a - 1)) * (1 - (alpha / (alpha + 78)) ** r * series)
    expect(cut.toFixed(4)).toBe('1.8576')
    expect(bgNbdExpected({ r, alpha, a, b }, 78).toFixed(4)).toBe('1.8580')
  })
})

test('P(buys again) of BG/NBD is not P(alive): somebody without a repeat is surely alive and seldom buys', () => {
  const { parameters } = lifetimes.bg
  expect(bgNbdAlive(parameters, 0, 0, 30)).toBe(1)
  expect(bgNbdBuysAgain(parameters, 0, 0, 30, 39)).toBeCloseTo(1 - (34.4136 / 73.4136) ** 0.2426, 12)
})

describe('derivatives are those of the values', () => {
  const parameters = fc.array(fc.double({ min: -1.5, max: 2, noNaN: true }).map(Math.exp), { minLength: 5, maxLength: 5 })
  const names = {
    bg: ['r', 'alpha', 'a', 'b'],
    pareto: ['r', 'alpha', 's', 'beta'],
    ggom: ['r', 'alpha', 'b', 's', 'beta'],
    spend: ['p', 'q', 'gamma'],
  } as const
  const [x, z] = [Float64Array.of(1, 2, 5, 40), Float64Array.of(20, 5, 33, 12.5)]
  const named = (keys: readonly string[], values: readonly number[]): never =>
    Object.fromEntries(keys.map((key, i) => [key, values[i]])) as never

  test.each([
    ['BG/NBD', names.bg, (at: never, gradient?: Float64Array) => bgNbdLogLikelihood(at, groups, gradient)],
    ['MBG/NBD', names.bg, (at: never, gradient?: Float64Array) => mbgNbdLogLikelihood(at, groups, gradient)],
    ['Pareto/NBD', names.pareto, (at: never, gradient?: Float64Array) => paretoNbdLogLikelihood(at, groups, gradient)],
    ['GGom/NBD', names.ggom, (at: never, gradient?: Float64Array) => ggomNbdLogLikelihood(at, groups, gradient)],
    ['Gamma-Gamma', names.spend, (at: never, gradient?: Float64Array) => gammaGammaLogLikelihood(at, x, z, gradient)],
  ] as const)('%s', (_, keys, value) => {
    fc.assert(
      fc.property(parameters, at => {
        const gradient = new Float64Array(keys.length)
        value(named(keys, at), gradient)
        keys.forEach((_key, i) => {
          const h = 1e-5 * (at[i] as number)
          const shifted = (by: number): number =>
            value(
              named(
                keys,
                at.map((each, j) => (i === j ? each + by : each)),
              ),
            )
          const numeric = (shifted(h) - shifted(-h)) / (2 * h)
          expect(Math.abs((gradient[i] as number) - numeric)).toBeLessThan(2e-5 * (1 + Math.abs(numeric)))
        })
      }),
    )
  })
})
