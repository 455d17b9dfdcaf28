// Adam (Kingma and Ba 2015, end of section 2), over gradients that lie in memory, or that a product has just made and never stores.
import { LEAST_KEPT, LEAST_SLOPE } from './update'

/** From a gradient to its parameter and to both of its moments, in bytes. */
let toParameter: usize = 0
let toFirst: usize = 0
let toSecond: usize = 0

/** Its numbers, four times each, and all bits but that of the sign: in memory, for compilers make constants of four lanes anew at every use. */
const NUMBERS: usize = memory.data(160, 16)

@inline function number(i: usize): v128 {
  return v128.load(NUMBERS + (i << 4))
}

@inline function setNumber(i: usize, x: f32): void {
  v128.store(NUMBERS + (i << 4), f32x4.splat(x))
}

/**
 * Says what is to be done with gradients, the first of which would lie at `g`, those of parameters at `p` with moments at `m` and `v`. `rate` already
 * holds both bias corrections; `shrink` = 1 - rate · decay.
 */
export function setAdam(p: usize, g: usize, m: usize, v: usize, rate: f32, beta1: f32, beta2: f32, epsilon: f32, shrink: f32): void {
  toParameter = p - g
  toFirst = m - g
  toSecond = v - g
  setNumber(0, rate)
  setNumber(1, beta1)
  setNumber(2, beta2)
  setNumber(3, 1 - beta1)
  setNumber(4, 1 - beta2)
  setNumber(5, epsilon)
  setNumber(6, shrink)
  setNumber(7, LEAST_SLOPE)
  setNumber(8, LEAST_KEPT)
  v128.store(NUMBERS, i32x4.splat(0x7fffffff), 144)
}

@inline function adam4(
  slopes: v128, p: usize, m: usize, v: usize,
  rate: v128, beta1: v128, beta2: v128, rest1: v128, rest2: v128, epsilon: v128, shrink: v128, slope: v128, least: v128, size: v128,
): void {
  const gradient = v128.andnot(slopes, f32x4.lt(v128.and(slopes, size), slope))
  const first = f32x4.add(f32x4.mul(beta1, v128.load(m)), f32x4.mul(rest1, gradient))
  const second = f32x4.add(f32x4.mul(beta2, v128.load(v)), f32x4.mul(rest2, f32x4.mul(gradient, gradient)))
  v128.store(m, v128.andnot(first, f32x4.lt(v128.and(first, size), least)))
  // never below 0
  v128.store(v, v128.andnot(second, f32x4.lt(second, least)))
  const move = f32x4.div(f32x4.mul(rate, first), f32x4.add(f32x4.sqrt(second), epsilon))
  v128.store(p, f32x4.sub(f32x4.mul(shrink, v128.load(p)), move))
}

/** n gradients from `g` on, n a multiple of 4. */
export function adam(g: usize, n: i32): void {
  const rate = number(0)
  const beta1 = number(1)
  const beta2 = number(2)
  const rest1 = number(3)
  const rest2 = number(4)
  const epsilon = number(5)
  const shrink = number(6)
  const slope = number(7)
  const least = number(8)
  const size = number(9)
  let p = g + toParameter
  let m = g + toFirst
  let v = g + toSecond
  for (const end = g + (<usize>n << 2); g < end; g += 16) {
    adam4(v128.load(g), p, m, v, rate, beta1, beta2, rest1, rest2, epsilon, shrink, slope, least, size)
    p += 16
    m += 16
    v += 16
  }
}

/** 16 gradients that would lie at `at`. */
export function learn16(at: usize, g0: v128, g1: v128, g2: v128, g3: v128): void {
  const rate = number(0)
  const beta1 = number(1)
  const beta2 = number(2)
  const rest1 = number(3)
  const rest2 = number(4)
  const epsilon = number(5)
  const shrink = number(6)
  const slope = number(7)
  const least = number(8)
  const size = number(9)
  const p = at + toParameter
  const m = at + toFirst
  const v = at + toSecond
  adam4(g0, p, m, v, rate, beta1, beta2, rest1, rest2, epsilon, shrink, slope, least, size)
  adam4(g1, p + 16, m + 16, v + 16, rate, beta1, beta2, rest1, rest2, epsilon, shrink, slope, least, size)
  adam4(g2, p + 32, m + 32, v + 32, rate, beta1, beta2, rest1, rest2, epsilon, shrink, slope, least, size)
  adam4(g3, p + 48, m + 48, v + 48, rate, beta1, beta2, rest1, rest2, epsilon, shrink, slope, least, size)
}

/** 32 gradients that would lie at `at`. */
export function learn32(
  at: usize, g0: v128, g1: v128, g2: v128, g3: v128, g4: v128, g5: v128, g6: v128, g7: v128,
): void {
  const rate = number(0)
  const beta1 = number(1)
  const beta2 = number(2)
  const rest1 = number(3)
  const rest2 = number(4)
  const epsilon = number(5)
  const shrink = number(6)
  const slope = number(7)
  const least = number(8)
  const size = number(9)
  const p = at + toParameter
  const m = at + toFirst
  const v = at + toSecond
  adam4(g0, p, m, v, rate, beta1, beta2, rest1, rest2, epsilon, shrink, slope, least, size)
  adam4(g1, p + 16, m + 16, v + 16, rate, beta1, beta2, rest1, rest2, epsilon, shrink, slope, least, size)
  adam4(g2, p + 32, m + 32, v + 32, rate, beta1, beta2, rest1, rest2, epsilon, shrink, slope, least, size)
  adam4(g3, p + 48, m + 48, v + 48, rate, beta1, beta2, rest1, rest2, epsilon, shrink, slope, least, size)
  adam4(g4, p + 64, m + 64, v + 64, rate, beta1, beta2, rest1, rest2, epsilon, shrink, slope, least, size)
  adam4(g5, p + 80, m + 80, v + 80, rate, beta1, beta2, rest1, rest2, epsilon, shrink, slope, least, size)
  adam4(g6, p + 96, m + 96, v + 96, rate, beta1, beta2, rest1, rest2, epsilon, shrink, slope, least, size)
  adam4(g7, p + 112, m + 112, v + 112, rate, beta1, beta2, rest1, rest2, epsilon, shrink, slope, least, size)
}
