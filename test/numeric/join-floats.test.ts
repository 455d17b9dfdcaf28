import { expect, test } from 'vitest'
import { joinFloats } from '../../lib/numeric/index.ts'

test('arrays one after another, in memory of their own', () => {
  const parts = [Float32Array.of(1, 2), new Float32Array(), Float32Array.of(3)]
  const joined = joinFloats(parts)
  expect(joined).toEqual(Float32Array.of(1, 2, 3))
  joined[0] = 9
  expect(parts[0]).toEqual(Float32Array.of(1, 2))
  expect(joinFloats([])).toEqual(new Float32Array())
})
