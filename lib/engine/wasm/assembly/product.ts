// C (m, n) = A (m, k) B (k, n), row-major C and B. Blocks of 2 rows by 16 columns stay in registers; vectors run over columns,
// so the additions of each output keep their order whatever the block. A is read by strides (bytes), transposed or not.

import { learn16 } from './adam'
import { panel } from './parts'

/** What is done with a result at last: clamped below at 0; or, where it is the gradient of parameters, these are updated and it is not stored. */
export const RELU = 1
export const LEARN = 2

/** Rows of B that stay in the nearest cache while all of A passes by. */
export const DEPTH = 256
/** Bytes from one row of B to the next, and rows of A, from which on it pays to copy B. */
export const FAR: usize = 768
const OFTEN = 32

/** `bias`: address of n values or 0; `ending`: RELU, LEARN (without bias, n a multiple of 16) or 0. */
export function product(
  a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, c: usize, rowC: usize,
  m: i32, n: i32, k: i32, bias: usize, ending: i32,
): void {
  if (m <= 0 || n <= 0) return
  // an output that goes on from what its place holds adds in the same order, so depth does not show in the bits
  let more = 0
  let left = k
  for (; left > 2 * DEPTH; left -= DEPTH) {
    layer(a, rowA, columnA, b, rowB, c, rowC, m, n, DEPTH, 0, 0, more)
    a += DEPTH * columnA
    b += DEPTH * rowB
    more = 1
  }
  layer(a, rowA, columnA, b, rowB, c, rowC, m, n, left, bias, ending, more)
}

/** The same for rows of B few enough for the nearest cache; `more`: 1 to go on from what C holds. */
export function layer(
  a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, c: usize, rowC: usize,
  m: i32, n: i32, k: i32, bias: usize, ending: i32, more: i32,
): void {
  // rows of B that lie far apart push each other out of the cache: where they are used often they are laid side by side first
  const pack = rowB >= FAR && m >= OFTEN && k <= 2 * DEPTH
  const stride: usize = pack ? 64 : rowB
  let j = 0
  for (; j + 16 <= n; j += 16) {
    let bj = b + (<usize>j << 2)
    if (pack) {
      packed(panel, bj, rowB, k)
      bj = panel
    }
    strip(a, rowA, columnA, bj, stride, c + (<usize>j << 2), rowC, m, k, bias == 0 ? 0 : bias + (<usize>j << 2), ending, more)
  }
  for (; j + 4 <= n; j += 4) {
    const bj = b + (<usize>j << 2)
    const cj = c + (<usize>j << 2)
    const add = bias == 0 ? 0 : bias + (<usize>j << 2)
    let i = 0
    for (; i + 4 <= m; i += 4) block4x4(a + <usize>i * rowA, rowA, columnA, bj, rowB, cj + <usize>i * rowC, rowC, k, add, ending, more)
    for (; i < m; i++) block1x4(a + <usize>i * rowA, columnA, bj, rowB, cj + <usize>i * rowC, k, add, ending, more)
  }
  for (; j < n; j++) {
    const bj = b + (<usize>j << 2)
    const cj = c + (<usize>j << 2)
    const add = bias == 0 ? 0 : bias + (<usize>j << 2)
    let i = 0
    for (; i + 4 <= m; i += 4) column4(a + <usize>i * rowA, rowA, columnA, bj, rowB, cj + <usize>i * rowC, rowC, k, add, ending, more)
    for (; i < m; i++) column1(a + <usize>i * rowA, columnA, bj, rowB, cj + <usize>i * rowC, k, add, ending, more)
  }
}

/** 16 columns of all rows of C. */
@inline export function strip(
  a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, c: usize, rowC: usize,
  m: i32, k: i32, bias: usize, ending: i32, more: i32,
): void {
  let i = 0
  for (; i + 2 <= m; i += 2) {
    if (ending == LEARN) learn2x16(a, rowA, columnA, b, rowB, c, rowC, k, more)
    else block2x16(a, rowA, columnA, b, rowB, c, rowC, k, bias, ending, more)
    a += 2 * rowA
    c += 2 * rowC
  }
  if (i < m) block1x16(a, columnA, b, rowB, c, k, bias, ending, more)
}

/** Lays 16 columns of k rows side by side. Answers where they end. */
export function packed(to: usize, from: usize, row: usize, k: i32): usize {
  for (let p = 0; p < k; p++) {
    v128.store(to, v128.load(from))
    v128.store(to, v128.load(from, 16), 16)
    v128.store(to, v128.load(from, 32), 32)
    v128.store(to, v128.load(from, 48), 48)
    from += row
    to += 64
  }
  return to
}

@inline export function start(address: usize, more: i32): v128 {
  return more != 0 ? v128.load(address) : f32x4.splat(0)
}

@inline function start1(address: usize, more: i32): f32 {
  return more != 0 ? load<f32>(address) : 0
}

@inline export function finish(address: usize, value: v128, bias: usize, ending: i32): void {
  let x = value
  if (bias != 0) x = f32x4.add(x, v128.load(bias))
  if (ending == RELU) x = f32x4.pmax(x, f32x4.splat(0))
  v128.store(address, x)
}

@inline export function step(acc: v128, x: v128, y: v128): v128 {
  return f32x4.add(acc, f32x4.mul(x, y))
}

export function block2x16(a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, c: usize, rowC: usize, k: i32, bias: usize, ending: i32, more: i32): void {
  two(a, rowA, columnA, b, rowB, c, rowC, k, bias, ending, more, false)
}

/** The same of gradients, whose parameters are updated. A function of its own: a call inside costs the other a tenth of its time, which is short. */
function learn2x16(a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, c: usize, rowC: usize, k: i32, more: i32): void {
  two(a, rowA, columnA, b, rowB, c, rowC, k, 0, LEARN, more, true)
}

@inline function two(a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, c: usize, rowC: usize, k: i32, bias: usize, ending: i32, more: i32, learns: boolean): void {
  const second = c + rowC
  const zero = f32x4.splat(0)
  let c00 = zero
  let c01 = zero
  let c02 = zero
  let c03 = zero
  let c10 = zero
  let c11 = zero
  let c12 = zero
  let c13 = zero
  if (more != 0) {
    c00 = v128.load(c)
    c01 = v128.load(c, 16)
    c02 = v128.load(c, 32)
    c03 = v128.load(c, 48)
    c10 = v128.load(second)
    c11 = v128.load(second, 16)
    c12 = v128.load(second, 32)
    c13 = v128.load(second, 48)
  }
  let a1 = a + rowA
  for (let p = 0; p < k; p++) {
    const x0 = v128.load32_splat(a)
    const x1 = v128.load32_splat(a1)
    const y0 = v128.load(b)
    const y1 = v128.load(b, 16)
    const y2 = v128.load(b, 32)
    const y3 = v128.load(b, 48)
    c00 = step(c00, x0, y0)
    c01 = step(c01, x0, y1)
    c02 = step(c02, x0, y2)
    c03 = step(c03, x0, y3)
    c10 = step(c10, x1, y0)
    c11 = step(c11, x1, y1)
    c12 = step(c12, x1, y2)
    c13 = step(c13, x1, y3)
    a += columnA
    a1 += columnA
    b += rowB
  }
  if (learns) {
    learn16(c, c00, c01, c02, c03)
    learn16(second, c10, c11, c12, c13)
    return
  }
  if (bias != 0) {
    const b0 = v128.load(bias)
    const b1 = v128.load(bias, 16)
    const b2 = v128.load(bias, 32)
    const b3 = v128.load(bias, 48)
    c00 = f32x4.add(c00, b0)
    c01 = f32x4.add(c01, b1)
    c02 = f32x4.add(c02, b2)
    c03 = f32x4.add(c03, b3)
    c10 = f32x4.add(c10, b0)
    c11 = f32x4.add(c11, b1)
    c12 = f32x4.add(c12, b2)
    c13 = f32x4.add(c13, b3)
  }
  if (ending == RELU) {
    c00 = f32x4.pmax(c00, zero)
    c01 = f32x4.pmax(c01, zero)
    c02 = f32x4.pmax(c02, zero)
    c03 = f32x4.pmax(c03, zero)
    c10 = f32x4.pmax(c10, zero)
    c11 = f32x4.pmax(c11, zero)
    c12 = f32x4.pmax(c12, zero)
    c13 = f32x4.pmax(c13, zero)
  }
  v128.store(c, c00)
  v128.store(c, c01, 16)
  v128.store(c, c02, 32)
  v128.store(c, c03, 48)
  v128.store(second, c10)
  v128.store(second, c11, 16)
  v128.store(second, c12, 32)
  v128.store(second, c13, 48)
}

function block1x16(a: usize, columnA: usize, b: usize, rowB: usize, c: usize, k: i32, bias: usize, ending: i32, more: i32): void {
  let c0 = start(c, more)
  let c1 = start(c + 16, more)
  let c2 = start(c + 32, more)
  let c3 = start(c + 48, more)
  for (let p = 0; p < k; p++) {
    const x = v128.load32_splat(a)
    c0 = step(c0, x, v128.load(b))
    c1 = step(c1, x, v128.load(b, 16))
    c2 = step(c2, x, v128.load(b, 32))
    c3 = step(c3, x, v128.load(b, 48))
    a += columnA
    b += rowB
  }
  if (ending == LEARN) {
    learn16(c, c0, c1, c2, c3)
    return
  }
  const has = bias != 0
  finish(c, c0, bias, ending)
  finish(c + 16, c1, has ? bias + 16 : 0, ending)
  finish(c + 32, c2, has ? bias + 32 : 0, ending)
  finish(c + 48, c3, has ? bias + 48 : 0, ending)
}

function block4x4(a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, c: usize, rowC: usize, k: i32, bias: usize, ending: i32, more: i32): void {
  let c0 = start(c, more)
  let c1 = start(c + rowC, more)
  let c2 = start(c + 2 * rowC, more)
  let c3 = start(c + 3 * rowC, more)
  for (let p = 0; p < k; p++) {
    const y = v128.load(b)
    c0 = step(c0, v128.load32_splat(a), y)
    c1 = step(c1, v128.load32_splat(a + rowA), y)
    c2 = step(c2, v128.load32_splat(a + 2 * rowA), y)
    c3 = step(c3, v128.load32_splat(a + 3 * rowA), y)
    a += columnA
    b += rowB
  }
  finish(c, c0, bias, ending)
  finish(c + rowC, c1, bias, ending)
  finish(c + 2 * rowC, c2, bias, ending)
  finish(c + 3 * rowC, c3, bias, ending)
}

function block1x4(a: usize, columnA: usize, b: usize, rowB: usize, c: usize, k: i32, bias: usize, ending: i32, more: i32): void {
  let acc = start(c, more)
  for (let p = 0; p < k; p++) {
    acc = step(acc, v128.load32_splat(a), v128.load(b))
    a += columnA
    b += rowB
  }
  finish(c, acc, bias, ending)
}

@inline function finish1(address: usize, value: f32, bias: usize, ending: i32): void {
  let x = value
  if (bias != 0) x += load<f32>(bias)
  if (ending == RELU) x = max<f32>(x, 0)
  store<f32>(address, x)
}

/** Four rows of one column at once: four independent chains of additions. */
function column4(a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, c: usize, rowC: usize, k: i32, bias: usize, ending: i32, more: i32): void {
  let c0 = start1(c, more)
  let c1 = start1(c + rowC, more)
  let c2 = start1(c + 2 * rowC, more)
  let c3 = start1(c + 3 * rowC, more)
  for (let p = 0; p < k; p++) {
    const y = load<f32>(b)
    c0 += load<f32>(a) * y
    c1 += load<f32>(a + rowA) * y
    c2 += load<f32>(a + 2 * rowA) * y
    c3 += load<f32>(a + 3 * rowA) * y
    a += columnA
    b += rowB
  }
  finish1(c, c0, bias, ending)
  finish1(c + rowC, c1, bias, ending)
  finish1(c + 2 * rowC, c2, bias, ending)
  finish1(c + 3 * rowC, c3, bias, ending)
}

function column1(a: usize, columnA: usize, b: usize, rowB: usize, c: usize, k: i32, bias: usize, ending: i32, more: i32): void {
  let acc = start1(c, more)
  for (let p = 0; p < k; p++) {
    acc += load<f32>(a) * load<f32>(b)
    a += columnA
    b += rowB
  }
  finish1(c, acc, bias, ending)
}
