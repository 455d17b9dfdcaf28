// Which values of some rows of a matrix are not zero: a bit each, from the lowest on, in words of 64. The matrix is read by strides, one of which is 4.

import { marks } from './parts'

/** Rows that are marked at once, and columns of each at most. */
export const ROWS = 128
export const COLUMNS = 256
/** From one row's marks to the next. */
const BYTES: usize = COLUMNS / 8

@inline export function marksOf(r: i32): usize {
  return marks + <usize>r * BYTES
}

/** Marks up to ROWS rows of at most COLUMNS columns. Answers how many values are not zero. */
export function mark(a: usize, rowA: usize, columnA: usize, rows: i32, columns: i32): i32 {
  if (columnA == 4) for (let r = 0; r < rows; r++) markRow(a + <usize>r * rowA, marksOf(r), columns)
  else for (let r = 0; r < rows; r += 4) markColumns(a + (<usize>r << 2), columnA, marksOf(r), min(4, rows - r), columns)
  let found = 0
  const words = (columns + 63) >> 6
  for (let r = 0; r < rows; r++) for (let w = 0; w < words; w++) found += <i32>popcnt(load<u64>(marksOf(r) + (<usize>w << 3)))
  return found
}

/** What lies side by side: 16 values become the bytes of one vector. */
function markRow(a: usize, to: usize, columns: i32): void {
  const zero = f32x4.splat(0)
  let bits: u64 = 0
  let j = 0
  for (; j + 16 <= columns; j += 16, a += 64) {
    const first = i16x8.narrow_i32x4_s(f32x4.ne(v128.load(a), zero), f32x4.ne(v128.load(a, 16), zero))
    const second = i16x8.narrow_i32x4_s(f32x4.ne(v128.load(a, 32), zero), f32x4.ne(v128.load(a, 48), zero))
    bits |= <u64>i8x16.bitmask(i8x16.narrow_i16x8_s(first, second)) << (j & 63)
    if ((j & 63) == 48) {
      store<u64>(to + (j >> 6 << 3), bits)
      bits = 0
    }
  }
  for (; j < columns; j++, a += 4) {
    bits |= <u64>(load<f32>(a) != 0) << (j & 63)
    if ((j & 63) == 63) {
      store<u64>(to + (j >> 6 << 3), bits)
      bits = 0
    }
  }
  if ((columns & 63) != 0) store<u64>(to + (columns >> 6 << 3), bits)
}

/** `rows` of four rows that lie side by side: each value is a lane, 32 of a row become its bits. */
function markColumns(a: usize, columnA: usize, to: usize, rows: i32, columns: i32): void {
  const zero = f32x4.splat(0)
  for (let j = 0; j < columns; j += 32) {
    let bits = zero
    let bit = i32x4.splat(1)
    for (let p = min(32, columns - j); p > 0; p--) {
      const x = rows == 4 ? v128.load(a) : few(a, rows)
      bits = v128.or(bits, v128.and(f32x4.ne(x, zero), bit))
      bit = i32x4.add(bit, bit)
      a += columnA
    }
    const at = to + (j >> 3)
    v128.store32_lane(at, bits, 0)
    v128.store32_lane(at + BYTES, bits, 1)
    v128.store32_lane(at + 2 * BYTES, bits, 2)
    v128.store32_lane(at + 3 * BYTES, bits, 3)
    // the other half of a last word
    if ((j & 32) == 0 && j + 32 >= columns) for (let s: usize = 0; s < 4; s++) store<u32>(at + s * BYTES, 0, 4)
  }
}

/** Fewer than four floats: those behind may be no memory. */
function few(a: usize, count: i32): v128 {
  let x = v128.load32_zero(a)
  if (count > 1) x = v128.load32_lane(a + 4, x, 1)
  if (count > 2) x = v128.load32_lane(a + 8, x, 2)
  return x
}
