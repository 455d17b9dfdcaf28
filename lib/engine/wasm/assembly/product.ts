// C (m, n) = A (m, k) B (k, n), row-major C and B. Blocks of 2 rows by 16 columns stay in registers; vectors run over columns,
// so the additions of each output keep their order whatever the block. A is read by strides (bytes), transposed or not.

import { panel } from './parts'

/** Rows of B that stay in the nearest cache while all of A passes by. */
export const DEPTH = 256
/** Bytes from one row of B to the next, and rows of A, from which on it pays to copy B. */
export const FAR: usize = 768
const OFTEN = 32

/** `bias`: address of n values or 0; `relu`: 1 to clamp below at 0. */
export function product(
  a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, c: usize, rowC: usize,
  m: i32, n: i32, k: i32, bias: usize, relu: i32,
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
  layer(a, rowA, columnA, b, rowB, c, rowC, m, n, left, bias, relu, more)
}

/** The same for rows of B few enough for the nearest cache; `more`: 1 to go on from what C holds. */
export function layer(
  a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, c: usize, rowC: usize,
  m: i32, n: i32, k: i32, bias: usize, relu: i32, more: i32,
): void {
  // rows of B that lie far apart push each other out of the cache: where they are used often they are laid side by side first
  const pack = rowB >= FAR && m >= OFTEN && k <= 2 * DEPTH
  const stride: usize = pack ? 64 : rowB
  let j = 0
  for (; j + 16 <= n; j += 16) {
    let bj = b + (<usize>j << 2)
    if (pack) {
      packed(bj, rowB, k)
      bj = panel
    }
    const cj = c + (<usize>j << 2)
    const add = bias == 0 ? 0 : bias + (<usize>j << 2)
    let i = 0
    for (; i + 2 <= m; i += 2) block2x16(a + <usize>i * rowA, rowA, columnA, bj, stride, cj + <usize>i * rowC, rowC, k, add, relu, more)
    if (i < m) block1x16(a + <usize>i * rowA, columnA, bj, stride, cj + <usize>i * rowC, k, add, relu, more)
  }
  for (; j + 4 <= n; j += 4) {
    const bj = b + (<usize>j << 2)
    const cj = c + (<usize>j << 2)
    const add = bias == 0 ? 0 : bias + (<usize>j << 2)
    let i = 0
    for (; i + 4 <= m; i += 4) block4x4(a + <usize>i * rowA, rowA, columnA, bj, rowB, cj + <usize>i * rowC, rowC, k, add, relu, more)
    for (; i < m; i++) block1x4(a + <usize>i * rowA, columnA, bj, rowB, cj + <usize>i * rowC, k, add, relu, more)
  }
  for (; j < n; j++) {
    const bj = b + (<usize>j << 2)
    const cj = c + (<usize>j << 2)
    const add = bias == 0 ? 0 : bias + (<usize>j << 2)
    let i = 0
    for (; i + 4 <= m; i += 4) column4(a + <usize>i * rowA, rowA, columnA, bj, rowB, cj + <usize>i * rowC, rowC, k, add, relu, more)
    for (; i < m; i++) column1(a + <usize>i * rowA, columnA, bj, rowB, cj + <usize>i * rowC, k, add, relu, more)
  }
}

/** Lays 16 columns of k rows side by side in the panel. */
export function packed(from: usize, row: usize, k: i32): void {
  let to = panel
  for (let p = 0; p < k; p++) {
    v128.store(to, v128.load(from))
    v128.store(to, v128.load(from, 16), 16)
    v128.store(to, v128.load(from, 32), 32)
    v128.store(to, v128.load(from, 48), 48)
    from += row
    to += 64
  }
}

@inline export function start(address: usize, more: i32): v128 {
  return more != 0 ? v128.load(address) : f32x4.splat(0)
}

@inline function start1(address: usize, more: i32): f32 {
  return more != 0 ? load<f32>(address) : 0
}

@inline export function finish(address: usize, value: v128, bias: usize, relu: i32): void {
  let x = value
  if (bias != 0) x = f32x4.add(x, v128.load(bias))
  if (relu != 0) x = f32x4.pmax(x, f32x4.splat(0))
  v128.store(address, x)
}

@inline export function step(acc: v128, x: v128, y: v128): v128 {
  return f32x4.add(acc, f32x4.mul(x, y))
}

export function block2x16(a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, c: usize, rowC: usize, k: i32, bias: usize, relu: i32, more: i32): void {
  const second = c + rowC
  let c00 = start(c, more)
  let c01 = start(c + 16, more)
  let c02 = start(c + 32, more)
  let c03 = start(c + 48, more)
  let c10 = start(second, more)
  let c11 = start(second + 16, more)
  let c12 = start(second + 32, more)
  let c13 = start(second + 48, more)
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
  const has = bias != 0
  finish(c, c00, bias, relu)
  finish(c + 16, c01, has ? bias + 16 : 0, relu)
  finish(c + 32, c02, has ? bias + 32 : 0, relu)
  finish(c + 48, c03, has ? bias + 48 : 0, relu)
  finish(second, c10, bias, relu)
  finish(second + 16, c11, has ? bias + 16 : 0, relu)
  finish(second + 32, c12, has ? bias + 32 : 0, relu)
  finish(second + 48, c13, has ? bias + 48 : 0, relu)
}

function block1x16(a: usize, columnA: usize, b: usize, rowB: usize, c: usize, k: i32, bias: usize, relu: i32, more: i32): void {
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
  const has = bias != 0
  finish(c, c0, bias, relu)
  finish(c + 16, c1, has ? bias + 16 : 0, relu)
  finish(c + 32, c2, has ? bias + 32 : 0, relu)
  finish(c + 48, c3, has ? bias + 48 : 0, relu)
}

function block4x4(a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, c: usize, rowC: usize, k: i32, bias: usize, relu: i32, more: i32): void {
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
  finish(c, c0, bias, relu)
  finish(c + rowC, c1, bias, relu)
  finish(c + 2 * rowC, c2, bias, relu)
  finish(c + 3 * rowC, c3, bias, relu)
}

function block1x4(a: usize, columnA: usize, b: usize, rowB: usize, c: usize, k: i32, bias: usize, relu: i32, more: i32): void {
  let acc = start(c, more)
  for (let p = 0; p < k; p++) {
    acc = step(acc, v128.load32_splat(a), v128.load(b))
    a += columnA
    b += rowB
  }
  finish(c, acc, bias, relu)
}

@inline function finish1(address: usize, value: f32, bias: usize, relu: i32): void {
  let x = value
  if (bias != 0) x += load<f32>(bias)
  if (relu != 0) x = max<f32>(x, 0)
  store<f32>(address, x)
}

/** Four rows of one column at once: four independent chains of additions. */
function column4(a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, c: usize, rowC: usize, k: i32, bias: usize, relu: i32, more: i32): void {
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
  finish1(c, c0, bias, relu)
  finish1(c + rowC, c1, bias, relu)
  finish1(c + 2 * rowC, c2, bias, relu)
  finish1(c + 3 * rowC, c3, bias, relu)
}

function column1(a: usize, columnA: usize, b: usize, rowB: usize, c: usize, k: i32, bias: usize, relu: i32, more: i32): void {
  let acc = start1(c, more)
  for (let p = 0; p < k; p++) {
    acc += load<f32>(a) * load<f32>(b)
    a += columnA
    b += rowB
  }
  finish1(c, acc, bias, relu)
}

/** out (columns, rows) = the transpose of x (rows, columns); rows of `out` lie `rowOut` bytes apart. */
export function transpose(x: usize, out: usize, rows: i32, columns: i32, rowOut: usize): void {
  const rowX = <usize>columns << 2
  let i = 0
  for (; i + 4 <= rows; i += 4) {
    let j = 0
    for (; j + 4 <= columns; j += 4) {
      const from = x + <usize>i * rowX + (<usize>j << 2)
      const r0 = v128.load(from)
      const r1 = v128.load(from + rowX)
      const r2 = v128.load(from + 2 * rowX)
      const r3 = v128.load(from + 3 * rowX)
      const t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5)
      const t1 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7)
      const t2 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5)
      const t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7)
      const to = out + <usize>j * rowOut + (<usize>i << 2)
      v128.store(to, v128.shuffle<i32>(t0, t2, 0, 1, 4, 5))
      v128.store(to + rowOut, v128.shuffle<i32>(t0, t2, 2, 3, 6, 7))
      v128.store(to + 2 * rowOut, v128.shuffle<i32>(t1, t3, 0, 1, 4, 5))
      v128.store(to + 3 * rowOut, v128.shuffle<i32>(t1, t3, 2, 3, 6, 7))
    }
    for (; j < columns; j++) {
      for (let q = i; q < i + 4; q++) store<f32>(out + <usize>j * rowOut + (<usize>q << 2), load<f32>(x + <usize>q * rowX + (<usize>j << 2)))
    }
  }
  for (; i < rows; i++) {
    for (let j = 0; j < columns; j++) store<f32>(out + <usize>j * rowOut + (<usize>i << 2), load<f32>(x + <usize>i * rowX + (<usize>j << 2)))
  }
}
