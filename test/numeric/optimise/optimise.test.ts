import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  hessian,
  minimise,
  minimiseFrom,
  nelderMead,
  symmetricEigen,
  withDifferences,
  type Objective,
} from '../../../lib/numeric/index.ts'

const rosenbrock = ([x, y]: Float64Array): number => 100 * ((y as number) - (x as number) ** 2) ** 2 + (1 - (x as number)) ** 2
const exact: Objective = (at, gradient) => {
  const [x, y] = at as unknown as [number, number]
  gradient.set([-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x)])
  return rosenbrock(at)
}

describe('minimise', () => {
  test("Rosenbrock's valley has its minimum 0 at (1, 1) (Nocedal and Wright 2006, exercise 2.1)", () => {
    for (const objective of [exact, withDifferences(rosenbrock)]) {
      const found = minimise(objective, [-1.2, 1])
      expect(found.converged).toBe(true)
      expect(found.x[0]).toBeCloseTo(1, 5)
      expect(found.x[1]).toBeCloseTo(1, 5)
      expect(found.gradient).toBeLessThan(1e-5)
    }
  })

  test('holds a coordinate at its bound and counts as converged there', () => {
    const found = minimise(exact, [-1.2, 0.2], { upper: [0.5, Infinity] })
    expect([...found.x]).toEqual([0.5, expect.closeTo(0.25, 8)])
    expect(found.converged).toBe(true)
    expect(found.gradient).toBeLessThan(1e-5)
  })

  test('leaves a bound that the start lies on', () => {
    const found = minimise(exact, [2, 4], { upper: [2, 4], lower: [-5, -5] })
    expect(found.x[0]).toBeCloseTo(1, 6)
  })

  test('says so when its iterations run out, or the start is not finite', () => {
    expect(minimise(exact, [-1.2, 1], { iterations: 3 })).toMatchObject({
      converged: false,
      iterations: 3,
      reason: '3 iterations were not enough',
    })
    expect(minimise(() => NaN, [0])).toMatchObject({ converged: false, reason: 'the value is not finite' })
  })

  test('steps back from where the value is not finite', () => {
    const found = minimise(
      withDifferences(([x]) => (x as number) - Math.log(x as number)),
      [5],
    )
    expect(found.x[0]).toBeCloseTo(1, 5)
  })

  test('finds the minimum of any convex parabola', () => {
    const entry = fc.double({ min: -3, max: 3, noNaN: true })
    fc.assert(
      fc.property(fc.tuple(entry, entry, entry), fc.tuple(entry, entry), ([a, b, c], [p, q]) => {
        const value = (at: Float64Array): number => {
          const [x, y] = [(at[0] as number) - p, (at[1] as number) - q]
          return (a * x + b * y) ** 2 + (c * y) ** 2 + 0.1 * (x * x + y * y)
        }
        const found = minimise(withDifferences(value), [0, 0])
        return Math.abs((found.x[0] as number) - p) < 1e-4 && Math.abs((found.x[1] as number) - q) < 1e-4
      }),
    )
  })

  test('of several starts the best end is taken, a failed one never', () => {
    const twoValleys = withDifferences(([x]) => ((x as number) ** 2 - 1) ** 2 + 0.3 * (x as number))
    expect(minimiseFrom(twoValleys, [[1], [-1]]).x[0]).toBeCloseTo(-1.0353, 3)
    expect(minimiseFrom(twoValleys, [[NaN], [1]]).x[0]).toBeCloseTo(0.96, 2)
  })
})

describe('nelderMead', () => {
  test("finds Rosenbrock's minimum without gradients", () => {
    const found = nelderMead(rosenbrock, [-1.2, 1])
    expect(found.converged).toBe(true)
    expect(found.x[0]).toBeCloseTo(1, 4)
    expect(found.x[1]).toBeCloseTo(1, 4)
  })

  test('counts NaN as too high, and says when iterations run out', () => {
    expect(nelderMead(([x]) => (x as number) - Math.log(x as number), [3], { size: -4 }).x[0]).toBeCloseTo(1, 4)
    expect(nelderMead(rosenbrock, [-1.2, 1], { iterations: 5 })).toMatchObject({ converged: false, iterations: 5 })
  })
})

describe('second derivatives', () => {
  test("of Rosenbrock's valley at its minimum are (802, -400; -400, 200)", () => {
    const found = hessian(exact, Float64Array.of(1, 1))
    ;[802, -400, -400, 200].forEach((value, i) => expect(found[i]).toBeCloseTo(value, 3))
  })

  test('a symmetric matrix is rebuilt from its eigenvalues and vectors', () => {
    const entries = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 10, maxLength: 10 })
    fc.assert(
      fc.property(entries, ([a, b, c, d, e, f, g, h, i, j]) => {
        const matrix = [a, b, c, d, b, e, f, g, c, f, h, i, d, g, i, j] as number[]
        const { values, vectors } = symmetricEigen(matrix, 4)
        expect([...values]).toEqual([...values].sort((p, q) => p - q))
        matrix.forEach((entry, at) => {
          const [row, column] = [Math.floor(at / 4), at % 4]
          const rebuilt = values.reduce(
            (sum, value, k) => sum + value * (vectors[4 * k + row] as number) * (vectors[4 * k + column] as number),
            0,
          )
          expect(Math.abs(rebuilt - entry)).toBeLessThan(1e-12)
        })
      }),
    )
  })
})
