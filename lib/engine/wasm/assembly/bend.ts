// Sigmoid and tanh of sums, several vectors at a time, with the bits of `sigmoid4` and `tanh4`: a vector takes long because each of its operations
// waits for the one before, and meanwhile the others go on; and a constant is read once for all of them.
import { known, sigmoid4, tanh4 } from './math'

/** Stores `left` lanes, four at most. */
@inline export function put(to: usize, value: v128, left: i32): void {
  if (left >= 4) {
    v128.store(to, value)
    return
  }
  v128.store_lane<f32>(to, value, 0)
  if (left > 1) v128.store_lane<f32>(to, value, 1, 4)
  if (left > 2) v128.store_lane<f32>(to, value, 2, 8)
}

@inline function sum(a: usize, b: usize, offset: usize): v128 {
  return f32x4.add(v128.load(a + offset), v128.load(b + offset))
}

/** p x + c. */
@inline function then(p: v128, x: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(p, x), c)
}

/** x - k c - k d. */
@inline function less(x: v128, k: v128, c: v128, d: v128): v128 {
  return f32x4.sub(f32x4.sub(x, f32x4.mul(k, c)), f32x4.mul(k, d))
}

/** (1 + r + r² p) 2^k. */
@inline function raised(p: v128, r: v128, k: v128, one: v128, exponent: v128): v128 {
  return f32x4.mul(f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(r, r), p), r), one), i32x4.shl(f32x4.add(k, exponent), 23))
}

/** e / (1 + e), or 1 / (1 + e) where x is not negative. */
@inline function share(x: v128, e: v128, one: v128): v128 {
  return f32x4.div(f32x4.pmax(e, v128.andnot(one, i32x4.shr_s(x, 31))), f32x4.add(e, one))
}

/** The sigmoids of the sums of a and b, n of them. */
export function sigmoids(a: usize, b: usize, to: usize, n: i32): void {
  for (; n >= 16; n -= 16) {
    const x0 = sum(a, b, 0)
    const x1 = sum(a, b, 16)
    const x2 = sum(a, b, 32)
    const x3 = sum(a, b, 48)
    let c = known(13)
    let d = known(11)
    let r0 = f32x4.pmax(v128.or(x0, c), d)
    let r1 = f32x4.pmax(v128.or(x1, c), d)
    let r2 = f32x4.pmax(v128.or(x2, c), d)
    let r3 = f32x4.pmax(v128.or(x3, c), d)
    c = known(0)
    const k0 = f32x4.nearest(f32x4.mul(r0, c))
    const k1 = f32x4.nearest(f32x4.mul(r1, c))
    const k2 = f32x4.nearest(f32x4.mul(r2, c))
    const k3 = f32x4.nearest(f32x4.mul(r3, c))
    c = known(1)
    d = known(2)
    r0 = less(r0, k0, c, d)
    r1 = less(r1, k1, c, d)
    r2 = less(r2, k2, c, d)
    r3 = less(r3, k3, c, d)
    c = known(3)
    d = known(4)
    let p0 = then(c, r0, d)
    let p1 = then(c, r1, d)
    let p2 = then(c, r2, d)
    let p3 = then(c, r3, d)
    c = known(5)
    p0 = then(p0, r0, c)
    p1 = then(p1, r1, c)
    p2 = then(p2, r2, c)
    p3 = then(p3, r3, c)
    c = known(6)
    p0 = then(p0, r0, c)
    p1 = then(p1, r1, c)
    p2 = then(p2, r2, c)
    p3 = then(p3, r3, c)
    c = known(7)
    p0 = then(p0, r0, c)
    p1 = then(p1, r1, c)
    p2 = then(p2, r2, c)
    p3 = then(p3, r3, c)
    c = known(8)
    p0 = then(p0, r0, c)
    p1 = then(p1, r1, c)
    p2 = then(p2, r2, c)
    p3 = then(p3, r3, c)
    c = known(9)
    d = known(10)
    v128.store(to, share(x0, raised(p0, r0, k0, c, d), c))
    v128.store(to, share(x1, raised(p1, r1, k1, c, d), c), 16)
    v128.store(to, share(x2, raised(p2, r2, k2, c, d), c), 32)
    v128.store(to, share(x3, raised(p3, r3, k3, c, d), c), 48)
    a += 64
    b += 64
    to += 64
  }
  for (; n > 0; n -= 4) {
    put(to, sigmoid4(sum(a, b, 0)), n)
    a += 16
    b += 16
    to += 16
  }
}

/** Where the size of x is below the limit, x + x z p; else 1 - 2 / (1 + e) with the sign of x. */
@inline function nearOrFar(x: v128, size: v128, z: v128, p: v128, e: v128, one: v128, sign: v128, two: v128, limit: v128): v128 {
  const far = v128.or(f32x4.sub(one, f32x4.div(two, f32x4.add(e, one))), v128.and(x, sign))
  return v128.bitselect(f32x4.add(f32x4.mul(f32x4.mul(p, z), x), x), far, f32x4.lt(size, limit))
}

/** The tanhs of the sums of a and b, n of them. */
export function tanhs(a: usize, b: usize, to: usize, n: i32): void {
  for (; n >= 8; n -= 8) {
    const x0 = sum(a, b, 0)
    const x1 = sum(a, b, 16)
    const sign = known(13)
    const s0 = v128.andnot(x0, sign)
    const s1 = v128.andnot(x1, sign)
    let c = known(12)
    let r0 = f32x4.pmin(f32x4.add(s0, s0), c)
    let r1 = f32x4.pmin(f32x4.add(s1, s1), c)
    c = known(0)
    const k0 = f32x4.nearest(f32x4.mul(r0, c))
    const k1 = f32x4.nearest(f32x4.mul(r1, c))
    c = known(1)
    let d = known(2)
    r0 = less(r0, k0, c, d)
    r1 = less(r1, k1, c, d)
    const z0 = f32x4.mul(x0, x0)
    const z1 = f32x4.mul(x1, x1)
    c = known(3)
    d = known(4)
    let p0 = then(c, r0, d)
    let p1 = then(c, r1, d)
    c = known(14)
    d = known(15)
    let q0 = then(c, z0, d)
    let q1 = then(c, z1, d)
    c = known(5)
    d = known(16)
    p0 = then(p0, r0, c)
    p1 = then(p1, r1, c)
    q0 = then(q0, z0, d)
    q1 = then(q1, z1, d)
    c = known(6)
    d = known(17)
    p0 = then(p0, r0, c)
    p1 = then(p1, r1, c)
    q0 = then(q0, z0, d)
    q1 = then(q1, z1, d)
    c = known(7)
    d = known(18)
    p0 = then(p0, r0, c)
    p1 = then(p1, r1, c)
    q0 = then(q0, z0, d)
    q1 = then(q1, z1, d)
    c = known(8)
    p0 = then(p0, r0, c)
    p1 = then(p1, r1, c)
    const one = known(9)
    d = known(10)
    p0 = raised(p0, r0, k0, one, d)
    p1 = raised(p1, r1, k1, one, d)
    c = known(19)
    d = known(20)
    v128.store(to, nearOrFar(x0, s0, z0, q0, p0, one, sign, c, d))
    v128.store(to, nearOrFar(x1, s1, z1, q1, p1, one, sign, c, d), 16)
    a += 32
    b += 32
    to += 32
  }
  for (; n > 0; n -= 4) {
    put(to, tanh4(sum(a, b, 0)), n)
    a += 16
    b += 16
    to += 16
  }
}
