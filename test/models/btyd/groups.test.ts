import { describe, expect, test } from 'vitest'
import { FitError } from '../../../lib/errors/index.ts'
import { groupHistories } from '../../../lib/models/btyd/index.ts'
import { group, thinned } from '../../../lib/models/btyd/groups.ts'
import { customers } from '../tiny-task.ts'

const lists = ({ x, tx, T, count }: ReturnType<typeof group>): readonly (readonly number[])[] => [
  [...x],
  [...tx],
  [...T],
  [...count],
]

describe('group', () => {
  test('counts equal histories, in order, in the unit asked for', () => {
    const groups = group(Float64Array.of(2, 0, 2, 0, 1), Float64Array.of(14, 0, 14, 0, 7), Float64Array.of(21, 28, 21, 14, 21), 7)
    expect(lists(groups)).toEqual([
      [0, 0, 1, 2],
      [0, 0, 1, 2],
      [2, 4, 3, 3],
      [1, 1, 1, 2],
    ])
    expect(groups.customers).toBe(5)
  })

  test('whole days and fractions of days group alike', () => {
    const random = (i: number, n: number): number => (i * 7919 + 13) % n
    const x = Float64Array.from({ length: 500 }, (_, i) => random(i, 3))
    const tx = x.map((each, i) => (each === 0 ? 0 : random(i, 5)))
    const T = tx.map((each, i) => each + random(i, 4))
    const fractional = group(
      x,
      tx.map(each => each + 0),
      T.map(each => each * 0.5 + 0.25 + each * 0.5),
    )
    const whole = group(x, tx, T)
    expect(lists(fractional)).toEqual([[...whole.x], [...whole.tx], [...whole.T].map(each => each + 0.25), [...whole.count]])
  })

  test.each([
    ['recency beyond T', 1, 9, 8],
    ['recency without a repeat', 0, 3, 8],
    ['NaN', NaN, 1, 8],
    ['a negative frequency', -1, 0, 8],
    ['T without end', 1, 1, Infinity],
  ])('refuses %s, and says which row', (_, x, tx, T) => {
    expect(() => group(Float64Array.of(0, x), Float64Array.of(0, tx), Float64Array.of(5, T))).toThrow(
      expect.objectContaining({ name: 'FitError', code: 'impossible-history', where: 'row 2' }),
    )
  })
})

test('thinning keeps every so many of the groups, and knows how many customers these are', () => {
  const groups = group(
    Float64Array.from({ length: 100 }, (_, i) => Math.floor(i / 2)),
    new Float64Array(100).map((_, i) => (i < 2 ? 0 : 1)),
    new Float64Array(100).fill(9),
  )
  expect(thinned(groups, 50)).toBe(groups)
  const part = thinned(groups, 20)
  expect([...part.x]).toEqual(Array.from({ length: 17 }, (_, i) => 3 * i))
  expect(part.customers).toBe(34)
})

test('customers none of whom came back cannot be fitted to', () => {
  expect(() =>
    groupHistories(
      customers([
        { customer_id: 'a', T: 9 },
        { customer_id: 'b', T: 3 },
      ]),
    ),
  ).toThrow(FitError)
})
