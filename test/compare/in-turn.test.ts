import { expect, test } from 'vitest'
import { inTurn } from '../../lib/compare/in-turn.ts'

test('with room for one a piece begins when it is asked for, with room for more all begin at once', async () => {
  const begun: number[] = []
  const pieces = [0, 1, 2].map(i => async () => begun.push(i) && i * 10)
  const lazy = inTurn(1, pieces)
  expect(begun).toEqual([])
  expect(await lazy[1]?.()).toBe(10)
  expect(begun).toEqual([1])
  const eager = inTurn(2, pieces)
  expect(begun).toEqual([1, 0, 1, 2])
  expect(await Promise.all(eager.map(piece => piece()))).toEqual([0, 10, 20])
})

test('an error shows when its own piece is awaited', async () => {
  const [good, bad] = inTurn(2, [async () => 1, async () => await Promise.reject(new Error('no'))])
  expect(await good?.()).toBe(1)
  await expect(bad?.()).rejects.toThrow('no')
})
