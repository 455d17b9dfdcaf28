// C (m, n) = A (m, k) B (k, n) where much of A is zero, as it is behind ReLU and dropout. What is not zero of some rows of A is marked first,
// then only those products are made, 32 columns at a time. Additions keep the order of `product` and leave out only zeros, which change
// no sum: the bits are the same (a value of B that is not finite and meets nothing but zeros does not show).

import { learn16, learn32 } from './adam'
import { COLUMNS, mark, marksOf, ROWS } from './marks'
import { panel } from './parts'
import { FAR, LEARN, product, RELU, step } from './product'

/** More than this share of A, in tenths, is as fast without marks. */
const FULL = 6

/** Rows of A from which on it pays to copy rows of B that lie far apart. */
const OFTEN = 8

/** As `product`, ending and all; A is read by strides, one of which is 4. */
export function sparseProduct(
  a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, c: usize, rowC: usize,
  m: i32, n: i32, k: i32, bias: usize, ending: i32,
): void {
  const wide = n & ~15
  for (let i = 0; i < m; i += ROWS) {
    const rows = min(ROWS, m - i)
    const ai = a + <usize>i * rowA
    const ci = c + <usize>i * rowC
    for (let from = 0; from < k; from += COLUMNS) {
      const columns = min(COLUMNS, k - from)
      const af = ai + <usize>from * columnA
      const found = mark(af, rowA, columnA, rows, columns)
      if (i == 0 && from == 0 && 10 * found > FULL * rows * columns) {
        product(a, rowA, columnA, b, rowB, c, rowC, m, n, k, bias, ending)
        return
      }
      for (let j: usize = 0; j < <usize>wide << 2; j += 128) {
        const width = min(32, wide - <i32>(j >> 2))
        for (let p = 0; p < columns; p += 64) {
          const more = from + p > 0 ? 1 : 0
          const last = from + p + 64 >= k
          strip(rows, <usize>p >> 3, af + <usize>p * columnA, rowA, columnA, b + <usize>(from + p) * rowB + j, rowB, min(64, columns - p),
            ci + j, rowC, width, last && bias != 0 ? bias + j : 0, last ? ending : 0, more)
        }
      }
    }
  }
  if (wide < n) {
    const j = <usize>wide << 2
    product(a, rowA, columnA, b + j, rowB, c + j, rowC, m, n - wide, k, bias == 0 ? 0 : bias + j, ending)
  }
}

/** 32 or 16 columns of C, from 64 rows of B at most. */
function strip(
  rows: i32, word: usize, a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, k: i32,
  c: usize, rowC: usize, width: i32, bias: usize, ending: i32, more: i32,
): void {
  let bp = b
  let stride = rowB
  if (rowB >= FAR && rows >= OFTEN) {
    // rows of B that lie far apart push each other out of the cache
    stride = <usize>width << 2
    beside(b, rowB, k, stride)
    bp = panel
  }
  for (let r = 0; r < rows; r++) {
    const bits = load<u64>(marksOf(r) + word)
    if (width == 32) marked32(bits, a, columnA, bp, stride, c, bias, ending, more)
    else marked16(bits, a, columnA, bp, stride, c, bias, ending, more)
    a += rowA
    c += rowC
  }
}

/** Lays `bytes` of each of k rows side by side in the panel. */
function beside(from: usize, row: usize, k: i32, bytes: usize): void {
  let to = panel
  for (let p = 0; p < k; p++, from += row) for (let q: usize = 0; q < bytes; q += 16, to += 16) v128.store(to, v128.load(from + q))
}

// Eight sums stay in registers. V8 keeps them there only where the loads go from the last to the first, and the loop is a function of its own: inside
// of others it is unrolled, its loads are moved before all additions, and the sums lie in memory (half as fast). So both functions are exported.

export function marked32(bits: u64, a: usize, columnA: usize, b: usize, rowB: usize, c: usize, bias: usize, ending: i32, more: i32): void {
  const zero = f32x4.splat(0)
  let c0 = zero
  let c1 = zero
  let c2 = zero
  let c3 = zero
  let c4 = zero
  let c5 = zero
  let c6 = zero
  let c7 = zero
  if (more != 0) {
    c0 = v128.load(c)
    c1 = v128.load(c, 16)
    c2 = v128.load(c, 32)
    c3 = v128.load(c, 48)
    c4 = v128.load(c, 64)
    c5 = v128.load(c, 80)
    c6 = v128.load(c, 96)
    c7 = v128.load(c, 112)
  }
  for (; bits != 0; bits &= bits - 1) {
    const p = <usize>ctz(bits)
    const x = v128.load32_splat(a + p * columnA)
    const y = b + p * rowB
    c7 = step(c7, x, v128.load(y, 112))
    c6 = step(c6, x, v128.load(y, 96))
    c5 = step(c5, x, v128.load(y, 80))
    c4 = step(c4, x, v128.load(y, 64))
    c3 = step(c3, x, v128.load(y, 48))
    c2 = step(c2, x, v128.load(y, 32))
    c1 = step(c1, x, v128.load(y, 16))
    c0 = step(c0, x, v128.load(y))
  }
  if (ending == LEARN) {
    learn32(c, c0, c1, c2, c3, c4, c5, c6, c7)
    return
  }
  if (bias != 0) {
    c0 = f32x4.add(c0, v128.load(bias))
    c1 = f32x4.add(c1, v128.load(bias, 16))
    c2 = f32x4.add(c2, v128.load(bias, 32))
    c3 = f32x4.add(c3, v128.load(bias, 48))
    c4 = f32x4.add(c4, v128.load(bias, 64))
    c5 = f32x4.add(c5, v128.load(bias, 80))
    c6 = f32x4.add(c6, v128.load(bias, 96))
    c7 = f32x4.add(c7, v128.load(bias, 112))
  }
  if (ending == RELU) {
    c0 = f32x4.pmax(c0, zero)
    c1 = f32x4.pmax(c1, zero)
    c2 = f32x4.pmax(c2, zero)
    c3 = f32x4.pmax(c3, zero)
    c4 = f32x4.pmax(c4, zero)
    c5 = f32x4.pmax(c5, zero)
    c6 = f32x4.pmax(c6, zero)
    c7 = f32x4.pmax(c7, zero)
  }
  v128.store(c, c0)
  v128.store(c, c1, 16)
  v128.store(c, c2, 32)
  v128.store(c, c3, 48)
  v128.store(c, c4, 64)
  v128.store(c, c5, 80)
  v128.store(c, c6, 96)
  v128.store(c, c7, 112)
}

export function marked16(bits: u64, a: usize, columnA: usize, b: usize, rowB: usize, c: usize, bias: usize, ending: i32, more: i32): void {
  const zero = f32x4.splat(0)
  let c0 = zero
  let c1 = zero
  let c2 = zero
  let c3 = zero
  if (more != 0) {
    c0 = v128.load(c)
    c1 = v128.load(c, 16)
    c2 = v128.load(c, 32)
    c3 = v128.load(c, 48)
  }
  for (; bits != 0; bits &= bits - 1) {
    const p = <usize>ctz(bits)
    const x = v128.load32_splat(a + p * columnA)
    const y = b + p * rowB
    c3 = step(c3, x, v128.load(y, 48))
    c2 = step(c2, x, v128.load(y, 32))
    c1 = step(c1, x, v128.load(y, 16))
    c0 = step(c0, x, v128.load(y))
  }
  if (ending == LEARN) {
    learn16(c, c0, c1, c2, c3)
    return
  }
  if (bias != 0) {
    c0 = f32x4.add(c0, v128.load(bias))
    c1 = f32x4.add(c1, v128.load(bias, 16))
    c2 = f32x4.add(c2, v128.load(bias, 32))
    c3 = f32x4.add(c3, v128.load(bias, 48))
  }
  if (ending == RELU) {
    c0 = f32x4.pmax(c0, zero)
    c1 = f32x4.pmax(c1, zero)
    c2 = f32x4.pmax(c2, zero)
    c3 = f32x4.pmax(c3, zero)
  }
  v128.store(c, c0)
  v128.store(c, c1, 16)
  v128.store(c, c2, 32)
  v128.store(c, c3, 48)
}
