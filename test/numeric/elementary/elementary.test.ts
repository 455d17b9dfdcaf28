import { describe, expect, test } from 'vitest'
import { atan, cos, exp, expm1, log, log1p, pow, Seed, sigmoid, sin, softplus, tan, tanh } from '../../../lib/numeric/index.ts'
import { ulp, worstUlp } from '../golden/golden.ts'

describe('mpmath 1.4.1, 60 digits: error in ulp', () => {
  const bounds = { exp: 1, expm1: 4, log: 1, log1p: 2, pow: 1, sin: 1, cos: 1, tan: 3, atan: 2, tanh: 3, sigmoid: 3, softplus: 3 }
  const ours = { exp, expm1, log, log1p, pow, sin, cos, tan, atan, tanh, sigmoid, softplus }
  test.each(Object.entries(bounds))('%s is within %d', (name, bound) => {
    expect(worstUlp(name, ours[name as 'exp'])).toBeLessThanOrEqual(bound)
  })
})

describe("the host's own functions agree to a few ulp", () => {
  const random = Seed.of(1).child('elementary').random()
  const between = (low: number, high: number) => () => low + (high - low) * random.uniform()
  const cases: readonly (readonly [string, (x: number) => number, (x: number) => number, () => number])[] = [
    ['exp', exp, Math.exp, between(-700, 700)],
    ['expm1', expm1, Math.expm1, between(-3, 3)],
    ['log', log, Math.log, between(0, 10)],
    ['log1p', log1p, Math.log1p, between(-0.99, 3)],
    ['sin', sin, Math.sin, between(-1000, 1000)],
    ['cos', cos, Math.cos, between(-1000, 1000)],
    ['atan', atan, Math.atan, between(-20, 20)],
    ['tanh', tanh, Math.tanh, between(-5, 5)],
    ['x^2.7', x => pow(x, 2.7), x => x ** 2.7, between(0, 1e6)],
  ]
  test.each(cases)('%s', (_, ours, host, draw) => {
    let worst = 0
    for (let i = 0; i < 20_000; i++) {
      const x = draw()
      worst = Math.max(worst, Math.abs(ours(x) - host(x)) / ulp(host(x)))
    }
    expect(worst).toBeLessThanOrEqual(5)
  })
})

describe('edges', () => {
  test('signed zeros are kept by the odd functions', () => {
    for (const odd of [sin, tan, atan, tanh, expm1, log1p]) {
      expect(odd(-0)).toBe(-0)
      expect(odd(0)).toBe(0)
    }
  })

  test('NaN stays NaN', () => {
    for (const each of [exp, expm1, log, log1p, sin, cos, tan, atan, tanh, sigmoid, softplus]) expect(each(NaN)).toBeNaN()
  })

  test('exp overflows, underflows and passes through the subnormals as it should', () => {
    expect([exp(-Infinity), exp(Infinity), exp(710), exp(-746)]).toEqual([0, Infinity, Infinity, 0])
    expect([exp(0), exp(-745)]).toEqual([1, 5e-324])
    expect(expm1(-Infinity)).toBe(-1)
  })

  test('log of nothing, of a negative, and of the smallest number', () => {
    expect([log(0), log(-0), log(Infinity), log(1)]).toEqual([-Infinity, -Infinity, Infinity, 0])
    expect(log(-1)).toBeNaN()
    expect(log(5e-324)).toBe(-744.4400719213812)
    expect([log1p(-1), log1p(Infinity)]).toEqual([-Infinity, Infinity])
    expect(log1p(-1.1)).toBeNaN()
  })

  test('angles without end are NaN; others end well', () => {
    for (const each of [sin, cos, tan]) expect(each(Infinity)).toBeNaN()
    expect([atan(Infinity), atan(-Infinity), tanh(Infinity), tanh(-Infinity)]).toEqual([Math.PI / 2, -Math.PI / 2, 1, -1])
    expect([sigmoid(-Infinity), sigmoid(0), sigmoid(Infinity)]).toEqual([0, 0.5, 1])
    expect([softplus(-Infinity), softplus(Infinity), softplus(1000)]).toEqual([0, Infinity, 1000])
  })

  test('pow has every special case of the language', () => {
    const odd = [0, -0, 1, -1, 2, -2, 0.5, -0.5, 3, -3, 1e300, -1e300, 5e-324, Infinity, -Infinity, NaN, 2 ** 53, 2 ** 53 - 1]
    expect(odd.flatMap(x => odd.filter(y => differs(x, y)).map(y => `${x} ** ${y}`))).toEqual([])
  })

  test('whole powers that a double can hold are exact', () => {
    for (let n = 0; n <= 15; n++) expect(pow(10, n)).toBe(Number(`1e${n}`))
    for (let n = -1074; n <= 1023; n++) expect(pow(2, n)).toBe(Number.parseFloat((2 ** n).toString()))
  })
})

function differs(x: number, y: number): boolean {
  return !Object.is(pow(x, y), x ** y) && !(Number.isFinite(x ** y) && Math.abs(pow(x, y) / x ** y - 1) < 1e-15)
}
