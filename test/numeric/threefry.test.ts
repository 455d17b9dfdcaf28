import { expect, test } from 'vitest'
import { threefry2x32 } from '../../lib/numeric/index.ts'

const out = new Uint32Array(2)

test('zero key and counter give the known answer of Random123 (kat_vectors, threefry2x32 20)', () => {
  threefry2x32(0, 0, 0, 0, out)
  expect([...out]).toEqual([0x6b200159, 0x99ba4efe])
})

test('all ones give the known answer of Random123 (kat_vectors, threefry2x32 20)', () => {
  threefry2x32(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, out)
  expect([...out]).toEqual([0x1cb996fc, 0xbb002be7])
})

test('digits of pi give the known answer of Random123 (kat_vectors, threefry2x32 20)', () => {
  threefry2x32(0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3, out)
  expect([...out]).toEqual([0xc4923a9c, 0x483df7a0])
})
