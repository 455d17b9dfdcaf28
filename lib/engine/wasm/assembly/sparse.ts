// C (m, n) = A (m, k) B (k, n) where much of A is zero, as it is behind ReLU and dropout. What is not zero of some rows of A is listed first,
// value and row of B; then only those products are made, 16 columns at a time. Additions keep the order of `product` and leave out only
// zeros, which change no sum: the bits are the same (a value of B that is not finite and meets nothing but zeros does not show).

import { lists, panel } from './parts'
import { DEPTH, FAR, finish, packed, product, start, step } from './product'

/** Rows of A that are listed at once, of at most DEPTH columns. */
const ROWS = 32
/** From one row's list to the next: values, then as far behind them the rows of B; a vector may be written past the end. */
const LIST: usize = 4 * DEPTH + 16
const PLACES: usize = ROWS * LIST
/** Where the lengths of the lists stand, in bytes. */
const COUNTS: usize = 2 * PLACES
/** More than this share of A, in tenths, is as fast without lists. */
const FULL = 6

/** For each pattern of four values that are not zero, the bytes that bring them to the front. */
const FRONT: usize = memory.data<u8>([
  16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
  0, 1, 2, 3, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
  4, 5, 6, 7, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
  0, 1, 2, 3, 4, 5, 6, 7, 16, 16, 16, 16, 16, 16, 16, 16,
  8, 9, 10, 11, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
  0, 1, 2, 3, 8, 9, 10, 11, 16, 16, 16, 16, 16, 16, 16, 16,
  4, 5, 6, 7, 8, 9, 10, 11, 16, 16, 16, 16, 16, 16, 16, 16,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 16, 16, 16, 16,
  12, 13, 14, 15, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
  0, 1, 2, 3, 12, 13, 14, 15, 16, 16, 16, 16, 16, 16, 16, 16,
  4, 5, 6, 7, 12, 13, 14, 15, 16, 16, 16, 16, 16, 16, 16, 16,
  0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 16, 16, 16, 16,
  8, 9, 10, 11, 12, 13, 14, 15, 16, 16, 16, 16, 16, 16, 16, 16,
  0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 16, 16, 16, 16,
  4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 16, 16, 16,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
])

/** As `product`; A is read by strides, one of which is 4. */
export function sparseProduct(
  a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, c: usize, rowC: usize,
  m: i32, n: i32, k: i32, bias: usize, relu: i32,
): void {
  const pack = rowB >= FAR
  const stride: usize = pack ? 64 : rowB
  const strips = n & ~15
  for (let i = 0; i < m; i += ROWS) {
    const rows = min(ROWS, m - i)
    const ai = a + <usize>i * rowA
    const ci = c + <usize>i * rowC
    for (let from = 0; from < k; from += DEPTH) {
      const depth = min(DEPTH, k - from)
      const found = list(ai + <usize>from * columnA, rowA, columnA, rows, depth, stride)
      if (i == 0 && from == 0 && 10 * found > FULL * rows * depth) {
        product(a, rowA, columnA, b, rowB, c, rowC, m, n, k, bias, relu)
        return
      }
      const last = from + depth == k
      const more = from > 0 ? 1 : 0
      const bf = b + <usize>from * rowB
      for (let j = 0; j < strips; j += 16) {
        let bj = bf + (<usize>j << 2)
        if (pack) {
          packed(bj, rowB, depth)
          bj = panel
        }
        strip(bj, ci + (<usize>j << 2), rowC, rows, last && bias != 0 ? bias + (<usize>j << 2) : 0, last ? relu : 0, more)
      }
    }
  }
  if (strips < n) {
    const j = <usize>strips << 2
    product(a, rowA, columnA, b + j, rowB, c + j, rowC, m, n - strips, k, bias == 0 ? 0 : bias + j, relu)
  }
}

/** Lists what is not zero of up to ROWS rows. Answers how much there is. */
function list(a: usize, rowA: usize, columnA: usize, rows: i32, depth: i32, stride: usize): i32 {
  let found = 0
  if (columnA == 4) {
    for (let r = 0; r < rows; r++) found += listRow(a + <usize>r * rowA, r, depth, stride)
    return found
  }
  let r = 0
  for (; r + 4 <= rows; r += 4) found += listColumns(a + (<usize>r << 2), columnA, r, depth, stride)
  for (; r < rows; r++) {
    const to = lists + <usize>r * LIST
    const length = listRest(a + (<usize>r << 2), columnA, to, 0, depth, stride) - to
    store<u32>(lists + COUNTS + (<usize>r << 2), <u32>length)
    found += <i32>length >> 2
  }
  return found
}

function listRow(a: usize, r: i32, depth: i32, stride: usize): i32 {
  const from = lists + <usize>r * LIST
  const quarter = i32x4.splat(<i32>stride << 2)
  let places = i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(<i32>stride))
  let to = from
  let p = 0
  for (; p + 4 <= depth; p += 4) {
    to = put(to, v128.load(a + (<usize>p << 2)), places)
    places = i32x4.add(places, quarter)
  }
  if (p < depth) to = listRest(a, 4, to, p, depth, stride)
  store<u32>(lists + COUNTS + (<usize>r << 2), <u32>(to - from))
  return <i32>(to - from) >> 2
}

/** Lists of four columns that lie side by side. */
function listColumns(a: usize, columnA: usize, r: i32, depth: i32, stride: usize): i32 {
  const first = lists + <usize>r * LIST
  const quarter = i32x4.splat(<i32>stride << 2)
  let places = i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(<i32>stride))
  let to0 = first
  let to1 = first + LIST
  let to2 = first + 2 * LIST
  let to3 = first + 3 * LIST
  let p = 0
  let at = a
  for (; p + 4 <= depth; p += 4) {
    const r0 = v128.load(at)
    const r1 = v128.load(at + columnA)
    const r2 = v128.load(at + 2 * columnA)
    const r3 = v128.load(at + 3 * columnA)
    at += columnA << 2
    const t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5)
    const t1 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7)
    const t2 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5)
    const t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7)
    to0 = put(to0, v128.shuffle<i32>(t0, t2, 0, 1, 4, 5), places)
    to1 = put(to1, v128.shuffle<i32>(t0, t2, 2, 3, 6, 7), places)
    to2 = put(to2, v128.shuffle<i32>(t1, t3, 0, 1, 4, 5), places)
    to3 = put(to3, v128.shuffle<i32>(t1, t3, 2, 3, 6, 7), places)
    places = i32x4.add(places, quarter)
  }
  if (p < depth) {
    to0 = listRest(a, columnA, to0, p, depth, stride)
    to1 = listRest(a + 4, columnA, to1, p, depth, stride)
    to2 = listRest(a + 8, columnA, to2, p, depth, stride)
    to3 = listRest(a + 12, columnA, to3, p, depth, stride)
  }
  const counts = lists + COUNTS + (<usize>r << 2)
  const length0 = <u32>(to0 - first)
  const length1 = <u32>(to1 - first - LIST)
  const length2 = <u32>(to2 - first - 2 * LIST)
  const length3 = <u32>(to3 - first - 3 * LIST)
  store<u32>(counts, length0)
  store<u32>(counts, length1, 4)
  store<u32>(counts, length2, 8)
  store<u32>(counts, length3, 12)
  return <i32>(length0 + length1 + length2 + length3) >> 2
}

@inline function put(to: usize, x: v128, places: v128): usize {
  const which = i32x4.bitmask(f32x4.ne(x, f32x4.splat(0)))
  const front = v128.load(FRONT + (<usize>which << 4))
  v128.store(to, i8x16.swizzle(x, front))
  v128.store(to + PLACES, i8x16.swizzle(places, front))
  return to + (<usize>popcnt(which) << 2)
}

/** One by one, from column p on. Answers the end of the list. */
function listRest(a: usize, columnA: usize, to: usize, p: i32, depth: i32, stride: usize): usize {
  for (; p < depth; p++) {
    const x = load<f32>(a + <usize>p * columnA)
    store<f32>(to, x)
    store<u32>(to + PLACES, <u32>(<usize>p * stride))
    if (x != 0) to += 4
  }
  return to
}

/** 16 columns of the listed rows. */
function strip(b: usize, c: usize, rowC: usize, rows: i32, bias: usize, relu: i32, more: i32): void {
  for (let r = 0; r < rows; r++) {
    const from = lists + <usize>r * LIST
    listed16(from, from + <usize>load<u32>(lists + COUNTS + (<usize>r << 2)), b, c, bias, relu, more)
    c += rowC
  }
}

/** Four sums stay in registers; more of them in one loop make compilers run out of registers. */
function listed16(at: usize, end: usize, b: usize, c: usize, bias: usize, relu: i32, more: i32): void {
  let c0 = start(c, more)
  let c1 = start(c + 16, more)
  let c2 = start(c + 32, more)
  let c3 = start(c + 48, more)
  for (; at < end; at += 4) {
    const x = v128.load32_splat(at)
    const y = b + <usize>load<u32>(at, PLACES)
    c0 = step(c0, x, v128.load(y))
    c1 = step(c1, x, v128.load(y, 16))
    c2 = step(c2, x, v128.load(y, 32))
    c3 = step(c3, x, v128.load(y, 48))
  }
  const has = bias != 0
  finish(c, c0, bias, relu)
  finish(c + 16, c1, has ? bias + 16 : 0, relu)
  finish(c + 32, c2, has ? bias + 32 : 0, relu)
  finish(c + 48, c3, has ? bias + 48 : 0, relu)
}
