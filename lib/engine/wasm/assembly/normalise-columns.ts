// Columns of a matrix brought to mean 0 and variance 1, and the gradients of that. The rows are added up in their order.
import { at, left, scaled, squared } from './normalise'

/** Columns `begin` up to `end`, sixteen at a time, then four, then one. */
export function normaliseColumns(x: usize, out: usize, rows: i32, columns: i32, begin: i32, end: i32, epsilon: f32): void {
  const row = <usize>columns << 2
  let j = begin
  for (; j + 16 <= end; j += 16) wide(at(x, j), at(out, j), rows, row, epsilon)
  for (; j + 4 <= end; j += 4) four(at(x, j), at(out, j), rows, row, epsilon)
  for (; j < end; j++) one(at(x, j), at(out, j), rows, row, epsilon)
}

@inline function inverse(squares: v128, count: v128, epsilon: f32): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(f32x4.div(squares, count), f32x4.splat(epsilon))))
}

/** Means and inverse deviations of sixteen columns. */
let m0 = f32x4.splat(0)
let m1 = f32x4.splat(0)
let m2 = f32x4.splat(0)
let m3 = f32x4.splat(0)
let s0 = f32x4.splat(0)
let s1 = f32x4.splat(0)
let s2 = f32x4.splat(0)
let s3 = f32x4.splat(0)

function measureWide(x: usize, rows: i32, row: usize, epsilon: f32): void {
  const count = f32x4.splat(<f32>rows)
  let a = f32x4.splat(0), b = a, c = a, d = a
  let from = x
  for (let r = 0; r < rows; r++, from += row) {
    a = f32x4.add(a, v128.load(from))
    b = f32x4.add(b, v128.load(from, 16))
    c = f32x4.add(c, v128.load(from, 32))
    d = f32x4.add(d, v128.load(from, 48))
  }
  a = f32x4.div(a, count)
  b = f32x4.div(b, count)
  c = f32x4.div(c, count)
  d = f32x4.div(d, count)
  let e = f32x4.splat(0), f = e, g = e, h = e
  from = x
  for (let r = 0; r < rows; r++, from += row) {
    e = f32x4.add(e, squared(f32x4.sub(v128.load(from), a)))
    f = f32x4.add(f, squared(f32x4.sub(v128.load(from, 16), b)))
    g = f32x4.add(g, squared(f32x4.sub(v128.load(from, 32), c)))
    h = f32x4.add(h, squared(f32x4.sub(v128.load(from, 48), d)))
  }
  m0 = a
  m1 = b
  m2 = c
  m3 = d
  s0 = inverse(e, count, epsilon)
  s1 = inverse(f, count, epsilon)
  s2 = inverse(g, count, epsilon)
  s3 = inverse(h, count, epsilon)
}

function wide(x: usize, out: usize, rows: i32, row: usize, epsilon: f32): void {
  measureWide(x, rows, row, epsilon)
  const a = m0, b = m1, c = m2, d = m3, e = s0, f = s1, g = s2, h = s3
  for (let r = 0; r < rows; r++, x += row, out += row) {
    v128.store(out, scaled(v128.load(x), a, e))
    v128.store(out, scaled(v128.load(x, 16), b, f), 16)
    v128.store(out, scaled(v128.load(x, 32), c, g), 32)
    v128.store(out, scaled(v128.load(x, 48), d, h), 48)
  }
}

/** Means and inverse deviations of four columns, or of one in the first lane. */
let means: v128 = f32x4.splat(0)
let inverses: v128 = f32x4.splat(0)

function measureFour(x: usize, rows: i32, row: usize, epsilon: f32): void {
  const count = f32x4.splat(<f32>rows)
  let sum = f32x4.splat(0)
  let from = x
  for (let r = 0; r < rows; r++, from += row) sum = f32x4.add(sum, v128.load(from))
  means = f32x4.div(sum, count)
  let squares = f32x4.splat(0)
  from = x
  for (let r = 0; r < rows; r++, from += row) {
    const d = f32x4.sub(v128.load(from), means)
    squares = f32x4.add(squares, squared(d))
  }
  inverses = inverse(squares, count, epsilon)
}

function measureOne(x: usize, rows: i32, row: usize, epsilon: f32): void {
  let sum: f32 = 0
  let from = x
  for (let r = 0; r < rows; r++, from += row) sum += load<f32>(from)
  const centre = sum / <f32>rows
  let squares: f32 = 0
  from = x
  for (let r = 0; r < rows; r++, from += row) {
    const d = load<f32>(from) - centre
    squares += d * d
  }
  means = f32x4.splat(centre)
  inverses = f32x4.splat(<f32>1 / sqrt<f32>(squares / <f32>rows + epsilon))
}

function four(x: usize, out: usize, rows: i32, row: usize, epsilon: f32): void {
  measureFour(x, rows, row, epsilon)
  for (let r = 0; r < rows; r++, x += row, out += row) v128.store(out, scaled(v128.load(x), means, inverses))
}

function one(x: usize, out: usize, rows: i32, row: usize, epsilon: f32): void {
  measureOne(x, rows, row, epsilon)
  const centre = f32x4.extract_lane(means, 0)
  const scale = f32x4.extract_lane(inverses, 0)
  for (let r = 0; r < rows; r++, x += row, out += row) store<f32>(out, (load<f32>(x) - centre) * scale)
}

/** (g - mean g - y mean(g y)) / deviation of columns `begin` up to `end`. */
export function columnSlopes(g: usize, x: usize, out: usize, rows: i32, columns: i32, begin: i32, end: i32, epsilon: f32): void {
  const row = <usize>columns << 2
  let j = begin
  for (; j + 16 <= end; j += 16) wideSlopes(at(g, j), at(x, j), at(out, j), rows, row, epsilon)
  for (; j + 4 <= end; j += 4) fourSlopes(at(g, j), at(x, j), at(out, j), rows, row, epsilon)
  for (; j < end; j++) oneSlopes(at(g, j), at(x, j), at(out, j), rows, row, epsilon)
}

function wideSlopes(g: usize, x: usize, out: usize, rows: i32, row: usize, epsilon: f32): void {
  measureWide(x, rows, row, epsilon)
  const zero = f32x4.splat(0)
  let t0 = zero, t1 = zero, t2 = zero, t3 = zero
  let p0 = zero, p1 = zero, p2 = zero, p3 = zero
  let slopes = g
  let from = x
  for (let r = 0; r < rows; r++, slopes += row, from += row) {
    const g0 = v128.load(slopes), g1 = v128.load(slopes, 16), g2 = v128.load(slopes, 32), g3 = v128.load(slopes, 48)
    t0 = f32x4.add(t0, g0)
    t1 = f32x4.add(t1, g1)
    t2 = f32x4.add(t2, g2)
    t3 = f32x4.add(t3, g3)
    p0 = f32x4.add(p0, f32x4.mul(g0, scaled(v128.load(from), m0, s0)))
    p1 = f32x4.add(p1, f32x4.mul(g1, scaled(v128.load(from, 16), m1, s1)))
    p2 = f32x4.add(p2, f32x4.mul(g2, scaled(v128.load(from, 32), m2, s2)))
    p3 = f32x4.add(p3, f32x4.mul(g3, scaled(v128.load(from, 48), m3, s3)))
  }
  const count = f32x4.splat(<f32>rows)
  t0 = f32x4.div(t0, count)
  t1 = f32x4.div(t1, count)
  t2 = f32x4.div(t2, count)
  t3 = f32x4.div(t3, count)
  p0 = f32x4.div(p0, count)
  p1 = f32x4.div(p1, count)
  p2 = f32x4.div(p2, count)
  p3 = f32x4.div(p3, count)
  for (let r = 0; r < rows; r++, g += row, x += row, out += row) {
    v128.store(out, left(v128.load(g), scaled(v128.load(x), m0, s0), t0, p0, s0))
    v128.store(out, left(v128.load(g, 16), scaled(v128.load(x, 16), m1, s1), t1, p1, s1), 16)
    v128.store(out, left(v128.load(g, 32), scaled(v128.load(x, 32), m2, s2), t2, p2, s2), 32)
    v128.store(out, left(v128.load(g, 48), scaled(v128.load(x, 48), m3, s3), t3, p3, s3), 48)
  }
}

function fourSlopes(g: usize, x: usize, out: usize, rows: i32, row: usize, epsilon: f32): void {
  measureFour(x, rows, row, epsilon)
  const middle = means
  const scales = inverses
  const count = f32x4.splat(<f32>rows)
  let sums = f32x4.splat(0)
  let products = f32x4.splat(0)
  let slopes = g
  let from = x
  for (let r = 0; r < rows; r++, slopes += row, from += row) {
    const own = v128.load(slopes)
    sums = f32x4.add(sums, own)
    products = f32x4.add(products, f32x4.mul(own, scaled(v128.load(from), middle, scales)))
  }
  const all = f32x4.div(sums, count)
  const along = f32x4.div(products, count)
  for (let r = 0; r < rows; r++, g += row, x += row, out += row) {
    v128.store(out, left(v128.load(g), scaled(v128.load(x), middle, scales), all, along, scales))
  }
}

function oneSlopes(g: usize, x: usize, out: usize, rows: i32, row: usize, epsilon: f32): void {
  measureOne(x, rows, row, epsilon)
  const centre = f32x4.extract_lane(means, 0)
  const scale = f32x4.extract_lane(inverses, 0)
  let sum: f32 = 0
  let product: f32 = 0
  let slopes = g
  let from = x
  for (let r = 0; r < rows; r++, slopes += row, from += row) {
    const own = load<f32>(slopes)
    sum += own
    product += own * ((load<f32>(from) - centre) * scale)
  }
  const all = sum / <f32>rows
  const along = product / <f32>rows
  for (let r = 0; r < rows; r++, g += row, x += row, out += row) {
    const y = (load<f32>(x) - centre) * scale
    store<f32>(out, (load<f32>(g) - all - y * along) * scale)
  }
}
