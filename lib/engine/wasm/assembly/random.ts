// Counter-based random numbers: a strong block cipher (Threefry) makes a key of seed, step and stream; a cheap integer hash
// turns the key and an element's index into bits. The reference device computes the same bits in lib/engine/random.ts.
import { cosTurn4, log4 } from './math'

export let key0: u32 = 0
export let key1: u32 = 0

@inline function mix(x0: u32, x1: u32, rotation: i32): u32 {
  return rotl<u32>(x1, rotation) ^ x0
}

/** Threefry-2x32, 20 rounds, into `key0` and `key1`. */
export function makeKey(seed0: u32, seed1: u32, step: u32, stream: u32): void {
  const k2: u32 = 0x1bd11bda ^ seed0 ^ seed1
  let x0: u32 = step + seed0
  let x1: u32 = stream + seed1
  for (let block: u32 = 0; block < 5; block++) {
    const even = (block & 1) == 0
    x0 += x1; x1 = mix(x0, x1, even ? 13 : 17)
    x0 += x1; x1 = mix(x0, x1, even ? 15 : 29)
    x0 += x1; x1 = mix(x0, x1, even ? 26 : 16)
    x0 += x1; x1 = mix(x0, x1, even ? 6 : 24)
    const j = (block + 1) % 3
    x0 += j == 0 ? seed0 : j == 1 ? seed1 : k2
    x1 += (j == 0 ? seed1 : j == 1 ? k2 : seed0) + block + 1
  }
  key0 = x0
  key1 = x1
}

@inline export function hash(k0: u32, k1: u32, counter: u32): u32 {
  let x = (counter + k0) * 0x9e3779b1
  x ^= x >> 16
  x *= 0x7feb352d
  x = (x ^ (x >> 15)) + k1
  x *= 0x846ca68b
  return x ^ (x >> 16)
}

/** The factors of the hash, four times each: read from memory, for compilers make constants of four lanes anew at every use. */
const FACTORS: usize = memory.data<u32>([
  0x9e3779b1, 0x9e3779b1, 0x9e3779b1, 0x9e3779b1,
  0x7feb352d, 0x7feb352d, 0x7feb352d, 0x7feb352d,
  0x846ca68b, 0x846ca68b, 0x846ca68b, 0x846ca68b,
])

@inline function factor(i: usize): v128 {
  return v128.load(FACTORS + (i << 4))
}

@inline export function hash4(k0: v128, k1: v128, counter: v128): v128 {
  let x = i32x4.mul(i32x4.add(counter, k0), factor(0))
  x = v128.xor(x, i32x4.shr_u(x, 16))
  x = i32x4.mul(x, factor(1))
  x = i32x4.add(v128.xor(x, i32x4.shr_u(x, 15)), k1)
  x = i32x4.mul(x, factor(2))
  return v128.xor(x, i32x4.shr_u(x, 16))
}

const LANES: v128 = i32x4(0, 1, 2, 3)

/** keep ? 1 / (1 - rate) : 0 for elements first … first + n - 1; kept when the hash is not below `threshold`. */
export function dropoutMask(out: usize, first: u32, n: i32, threshold: u32, scale: f32): void {
  const k0 = i32x4.splat(key0)
  const k1 = i32x4.splat(key1)
  const limit = i32x4.splat(threshold)
  const value = f32x4.splat(scale)
  let counter = i32x4.add(i32x4.splat(first), LANES)
  for (let i = 0; i < n; i += 4) {
    const kept = i32x4.ge_u(hash4(k0, k1, counter), limit)
    v128.store(out + (<usize>i << 2), v128.and(kept, value))
    counter = i32x4.add(counter, i32x4.splat(4))
  }
}

@inline function uniform4(k0: v128, k1: v128, counter: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(hash4(k0, k1, counter), 8)), f32x4.splat(5.9604645e-8))
}

/** Uniform on [0, 1), multiples of 2^-24. */
export function uniform(out: usize, first: u32, n: i32): void {
  const k0 = i32x4.splat(key0)
  const k1 = i32x4.splat(key1)
  let counter = i32x4.add(i32x4.splat(first), LANES)
  for (let i = 0; i < n; i += 4) {
    v128.store(out + (<usize>i << 2), uniform4(k0, k1, counter))
    counter = i32x4.add(counter, i32x4.splat(4))
  }
}

/** Standard normal (Box and Muller 1958), the cosine branch: two uniforms an element,
 * the second with the words of the key exchanged. */
export function normal(out: usize, first: u32, n: i32): void {
  const k0 = i32x4.splat(key0)
  const k1 = i32x4.splat(key1)
  let counter = i32x4.add(i32x4.splat(first), LANES)
  for (let i = 0; i < n; i += 4) {
    const u = f32x4.sub(f32x4.splat(1), uniform4(k0, k1, counter))
    const radius = f32x4.sqrt(f32x4.mul(f32x4.splat(-2), log4(u)))
    v128.store(out + (<usize>i << 2), f32x4.mul(radius, cosTurn4(uniform4(k1, k0, counter))))
    counter = i32x4.add(counter, i32x4.splat(4))
  }
}

/** The order of rows of one epoch (Fisher and Yates); positions by multiplying 32 random bits, bias below n / 2^32. */
export function shuffle(order: usize, n: i32): void {
  for (let i = 0; i < n; i++) store<u32>(order + (<usize>i << 2), i)
  for (let i = n - 1; i > 0; i--) {
    const j = <u32>((<u64>hash(key0, key1, i) * <u64>(i + 1)) >> 32)
    const kept = load<u32>(order + (<usize>i << 2))
    store<u32>(order + (<usize>i << 2), load<u32>(order + (<usize>j << 2)))
    store<u32>(order + (<usize>j << 2), kept)
  }
}
