import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gatherRows } from '../../../../lib/engine/devices/wasm/gather-rows.ts'

describe('rows gathered from anywhere', () => {
  it('are those of the order, bit for bit, for any columns and wherever the arrays begin', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 0, max: 3 }),
        fc.array(fc.nat(49), { maxLength: 100 }),
        (columns, before, behind, numbers) => {
          const values = new Float32Array(before + 50 * columns).subarray(before)
          const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
          // every kind of bits that a number of a training can have: plain ones, infinities, NaN, 0 below and above
          const kinds = [0x3f800001, 0xbf9d70a4, 0x7f800000, 0xff800000, 0x7fc00000, 0xffc00000, 0x80000000, 0, 1]
          bits.forEach((_, i) => (bits[i] = kinds[(i * 5) % kinds.length] as number))
          const out = new Float32Array(behind + numbers.length * columns + 4).fill(7).subarray(behind)
          gatherRows(values, columns, Uint32Array.from(numbers), out.subarray(0, numbers.length * columns))
          const got = new Uint32Array(out.buffer, out.byteOffset, numbers.length * columns)
          expect([...got]).toEqual(numbers.flatMap(row => [...bits.subarray(row * columns, (row + 1) * columns)]))
          expect([...out.subarray(numbers.length * columns)]).toEqual([7, 7, 7, 7])
        },
      ),
      { seed: 3 },
    )
  })
})
