import { expect, test } from 'vitest'
import { rankCorrelations } from '../../lib/metrics/index.ts'

test('each pair of columns once: second with first, third with first, third with second', () => {
  const up = [1, 2, 3, 4]
  expect([...rankCorrelations([up, up.map(each => each * each), up.toReversed()])]).toEqual([1, -1, -1])
})

test('rows with a missing value in a pair are left out, and a column without spread is related to none', () => {
  expect([
    ...rankCorrelations([
      [1, 2, NaN, 0],
      [1, 2, -9, NaN],
      [5, 5, 5, 5],
    ]),
  ]).toEqual([1, NaN, NaN])
})
