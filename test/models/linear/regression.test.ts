import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitLogistic, fitRidge } from '../../../lib/models/linear/index.ts'

const POINTS = [
  [-0.8, -1.32],
  [-0.25, 0.42],
  [1.14, 0.11],
  [-0.55, -0.78],
  [0.75, 1.63],
  [0.27, -1.23],
  [-0.96, 1.6],
  [0.2, -1.73],
  [-0.08, -1.16],
  [-0.63, -0.49],
  [-0.71, 0.55],
  [-0.06, -0.59],
]
const X = { data: Float64Array.from(POINTS.flat()), rows: 12, columns: 2 }
const Y = [2.92, 2.49, 4.35, 2.55, 2.38, 4.68, -1.16, 5.14, 3.98, 2.08, 0.51, 3.27]
const CLASS = [0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 0]
const ROWS = POINTS.map((_, i) => i)

describe('regression', () => {
  test('ridge is that of scikit-learn 1.9.1 (Ridge, alpha 2), to 12 digits', () => {
    const sklearn = [1.2760019807539529, -1.0245439845413107, 2.6891914011573435]
    fitRidge(X, Y, ROWS, 2).forEach((w, i) => expect(w).toBeCloseTo(sklearn[i] as number, 12))
  })

  test('logistic is that of scikit-learn 1.9.1 (newton-cholesky, C 1/2), to 10 digits', () => {
    const sklearn = [0.9751579208348629, -0.06806084201632534, -0.627676926379913]
    fitLogistic(X, CLASS, ROWS, 2).forEach((w, i) => expect(w).toBeCloseTo(sklearn[i] as number, 10))
  })

  test('only the rows that are listed take part', () => {
    const noise = { data: Float64Array.from([...X.data, 1e6, -1e6]), rows: 13, columns: 2 }
    expect(fitRidge(noise, [...Y, 1e9], ROWS, 2)).toEqual(fitRidge(X, Y, ROWS, 2))
  })

  test('without a penalty a straight line is found again', () => {
    const line = { data: Float64Array.from([0, 1, 2, 3]), rows: 4, columns: 1 }
    const [slope, intercept] = fitRidge(line, [5, 7, 9, 11], [0, 1, 2, 3], 0) as unknown as [number, number]
    expect(slope).toBeCloseTo(2, 12)
    expect(intercept).toBeCloseTo(5, 12)
  })

  test('a column twice and no penalty determine no fit, which is said by name', () => {
    const twice = { data: Float64Array.from([1, 1, 2, 2, 4, 4]), rows: 3, columns: 2 }
    expect(() => fitRidge(twice, [1, 2, 3], [0, 1, 2], 0)).toThrow(/no unique fit/)
  })

  test('classes that can be separated have a finite fit under a penalty, at the optimum', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 30 }), values => {
        const line = { data: Float64Array.from(values), rows: values.length, columns: 1 }
        const yes = values.map(value => (value > 3 ? 1 : 0))
        fc.pre(yes.includes(1) && yes.includes(0))
        const [w, intercept] = fitLogistic(line, yes, [...values.keys()], 1) as unknown as [number, number]
        let [byW, byIntercept] = [w, 0]
        values.forEach((value, i) => {
          const miss = 1 / (1 + Math.exp(-(w * value + intercept))) - (yes[i] as number)
          byW += miss * value
          byIntercept += miss
        })
        expect(Math.abs(byW)).toBeLessThan(1e-6)
        expect(Math.abs(byIntercept)).toBeLessThan(1e-6)
      }),
      { numRuns: 50 },
    )
  })
})
