import { expect, test } from 'vitest'
import { LineMap } from '../../../lib/data/readers/line-map.ts'

test('without notes a record stands on the line of its number', () => {
  expect([1, 2, 1000].map(place => new LineMap().lineOf(place))).toEqual([1, 2, 1000])
})

test('a blank first line moves all, a line break in record 2 moves those after it', () => {
  const lines = new LineMap()
  for (const place of [0, 2, 2]) lines.shiftAfter(place)
  expect([1, 2, 3, 4].map(place => lines.lineOf(place))).toEqual([2, 3, 6, 7])
})
