// Optimisers: one pass over all parameters laid end to end.
import { settled } from './math'

/** Gradients nearer to 0 count as 0 where they are squared, so that the square is no number of the slow kind; and what an optimiser keeps ends at 0. */
export const LEAST_SLOPE: f32 = 7e-18
export const LEAST_KEPT: f32 = 8e-31

/** Whether all n values (here and below a multiple of 4) are finite. */
export function finite(x: usize, n: i32): bool {
  // four sums, so that none waits for the one before
  const none = f32x4.splat(0)
  let a0 = none
  let a1 = none
  let a2 = none
  let a3 = none
  let i = 0
  for (; i + 16 <= n; i += 16, x += 64) {
    a0 = f32x4.add(a0, f32x4.mul(v128.load(x), none))
    a1 = f32x4.add(a1, f32x4.mul(v128.load(x, 16), none))
    a2 = f32x4.add(a2, f32x4.mul(v128.load(x, 32), none))
    a3 = f32x4.add(a3, f32x4.mul(v128.load(x, 48), none))
  }
  for (; i < n; i += 4, x += 16) a0 = f32x4.add(a0, f32x4.mul(v128.load(x), none))
  const all = f32x4.add(f32x4.add(a0, a1), f32x4.add(a2, a3))
  return !v128.any_true(f32x4.ne(all, all))
}

/** The bits of 2^40. */
const LARGE = 0x53800000

/** Whether all of n values lie within ±2^40: then sums of products of two are finite. */
export function small(x: usize, n: i32): bool {
  // without their signs, floats are in the order of their bits, and NaN is above all
  const size = i32x4.splat(0x7fffffff)
  let m0 = i32x4.splat(0)
  let m1 = m0
  let m2 = m0
  let m3 = m0
  let left = n
  for (; left >= 16; left -= 16, x += 64) {
    m0 = i32x4.max_s(m0, v128.and(v128.load(x), size))
    m1 = i32x4.max_s(m1, v128.and(v128.load(x, 16), size))
    m2 = i32x4.max_s(m2, v128.and(v128.load(x, 32), size))
    m3 = i32x4.max_s(m3, v128.and(v128.load(x, 48), size))
  }
  for (; left > 0; left--, x += 4) m0 = i32x4.max_s(m0, v128.and(v128.load32_zero(x), size))
  const most = i32x4.max_s(i32x4.max_s(m0, m1), i32x4.max_s(m2, m3))
  return !v128.any_true(i32x4.gt_s(most, i32x4.splat(LARGE)))
}

export function sgd(p: usize, g: usize, n: i32, rate: f32): void {
  for (let i = 0; i < n; i += 4) {
    const o = <usize>i << 2
    v128.store(p + o, f32x4.sub(v128.load(p + o), f32x4.mul(f32x4.splat(rate), v128.load(g + o))))
  }
}

/** v = momentum v + g; p = p - rate v. */
export function momentum(p: usize, g: usize, v: usize, n: i32, rate: f32, keep: f32): void {
  for (let i = 0; i < n; i += 4) {
    const o = <usize>i << 2
    const speed = f32x4.add(f32x4.mul(f32x4.splat(keep), v128.load(v + o)), v128.load(g + o))
    v128.store(v + o, settled(speed, LEAST_KEPT))
    v128.store(p + o, f32x4.sub(v128.load(p + o), f32x4.mul(f32x4.splat(rate), speed)))
  }
}

/** v = momentum v + g; p = p - rate (g + momentum v). */
export function nesterov(p: usize, g: usize, v: usize, n: i32, rate: f32, keep: f32): void {
  const k = f32x4.splat(keep)
  for (let i = 0; i < n; i += 4) {
    const o = <usize>i << 2
    const gradient = v128.load(g + o)
    const speed = f32x4.add(f32x4.mul(k, v128.load(v + o)), gradient)
    v128.store(v + o, settled(speed, LEAST_KEPT))
    v128.store(p + o, f32x4.sub(v128.load(p + o), f32x4.mul(f32x4.splat(rate), f32x4.add(gradient, f32x4.mul(k, speed)))))
  }
}

/** v = rho v + (1 - rho) g²; p = p - rate g / √(v + epsilon). */
export function rmsprop(p: usize, g: usize, v: usize, n: i32, rate: f32, rho: f32, epsilon: f32): void {
  for (let i = 0; i < n; i += 4) {
    const o = <usize>i << 2
    const gradient = settled(v128.load(g + o), LEAST_SLOPE)
    const spread = f32x4.add(f32x4.mul(f32x4.splat(rho), v128.load(v + o)), f32x4.mul(f32x4.splat(1 - rho), f32x4.mul(gradient, gradient)))
    v128.store(v + o, settled(spread, LEAST_KEPT))
    const move = f32x4.div(f32x4.mul(f32x4.splat(rate), gradient), f32x4.sqrt(f32x4.add(spread, f32x4.splat(epsilon))))
    v128.store(p + o, f32x4.sub(v128.load(p + o), move))
  }
}

/** Adam whose first moment looks ahead (Dozat 2016): `ahead` and `here` hold the rate and all bias corrections. */
export function nadam(p: usize, g: usize, m: usize, v: usize, n: i32, ahead: f32, here: f32, beta1: f32, beta2: f32, epsilon: f32): void {
  for (let i = 0; i < n; i += 4) {
    const o = <usize>i << 2
    const gradient = settled(v128.load(g + o), LEAST_SLOPE)
    const first = f32x4.add(f32x4.mul(f32x4.splat(beta1), v128.load(m + o)), f32x4.mul(f32x4.splat(1 - beta1), gradient))
    const second = f32x4.add(f32x4.mul(f32x4.splat(beta2), v128.load(v + o)), f32x4.mul(f32x4.splat(1 - beta2), f32x4.mul(gradient, gradient)))
    v128.store(m + o, settled(first, LEAST_KEPT))
    v128.store(v + o, settled(second, LEAST_KEPT))
    const up = f32x4.add(f32x4.mul(f32x4.splat(ahead), first), f32x4.mul(f32x4.splat(here), gradient))
    v128.store(p + o, f32x4.sub(v128.load(p + o), f32x4.div(up, f32x4.add(f32x4.sqrt(second), f32x4.splat(epsilon)))))
  }
}

/** Each gradient within ±limit. */
export function clipValues(g: usize, n: i32, limit: f32): void {
  for (let i = 0; i < n; i += 4) {
    const at = g + (<usize>i << 2)
    v128.store(at, f32x4.max(f32x4.splat(-limit), f32x4.min(f32x4.splat(limit), v128.load(at))))
  }
}

/** The norm of all gradients, added up in doubles one by one. */
export function norm(g: usize, n: i32): f64 {
  let squares: f64 = 0
  for (let i = 0; i < n; i++) {
    const value = <f64>load<f32>(g + (<usize>i << 2))
    squares += value * value
  }
  return Math.sqrt(squares)
}

export function scale(g: usize, n: i32, by: f32): void {
  const share = f32x4.splat(by)
  for (let i = 0; i < n; i += 4) {
    const at = g + (<usize>i << 2)
    v128.store(at, f32x4.mul(share, v128.load(at)))
  }
}
