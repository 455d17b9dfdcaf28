import { threefry2x32 } from '../numeric/index.ts'

/** The stream of the order of rows; operations use streams counted from 0. */
export const ORDER_STREAM = 0xffffffff

/** What fixes the random numbers of a run: two words of a seed, and the step of training. */
export interface RandomKey {
  readonly key0: number
  readonly key1: number
  readonly step: number
}

/**
 * The bits that every device must draw: Threefry makes two words of seed, step and stream; a cheap integer hash (two multiplications
 * with xor-shifts between) turns them and an element's position into 32 bits.
 */
export function randomBits({ key0, key1, step }: RandomKey, stream: number): (position: number) => number {
  const block = new Uint32Array(2)
  threefry2x32(key0, key1, step, stream, block)
  return hashOf(block[0] as number, block[1] as number)
}

/** A second, independent word at each position, for draws that need two: the words of the key exchanged. */
export function secondBits({ key0, key1, step }: RandomKey, stream: number): (position: number) => number {
  const block = new Uint32Array(2)
  threefry2x32(key0, key1, step, stream, block)
  return hashOf(block[1] as number, block[0] as number)
}

/** `randomBits` of the first so many positions at once: several times as fast. */
export function manyBits({ key0, key1, step }: RandomKey, stream: number, count: number): Uint32Array {
  const block = new Uint32Array(2)
  threefry2x32(key0, key1, step, stream, block)
  const [first, second] = [block[0] as number, block[1] as number]
  const bits = new Uint32Array(count)
  for (let i = 0; i < count; i++) bits[i] = hash(i, first, second)
  return bits
}

const hashOf =
  (key0: number, key1: number): ((position: number) => number) =>
  position =>
    hash(position, key0, key1) >>> 0

function hash(position: number, key0: number, key1: number): number {
  let x = Math.imul((position + key0) | 0, 0x9e3779b1)
  x ^= x >>> 16
  x = Math.imul(x, 0x7feb352d)
  x = ((x ^ (x >>> 15)) + key1) | 0
  x = Math.imul(x, 0x846ca68b)
  return x ^ (x >>> 16)
}

/** Bits below this drop an element. */
export function dropThreshold(rate: number): number {
  return Math.min(4294967295, Math.floor(rate * 4294967296))
}

/** The order of rows in one epoch (Fisher and Yates), as every device must shuffle. */
export function epochOrder(count: number, key0: number, key1: number, epoch: number): Uint32Array {
  const bits = randomBits({ key0, key1, step: epoch }, ORDER_STREAM)
  const order = Uint32Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = highWord(bits(i), i + 1)
    const kept = order[i] as number
    order[i] = order[j] as number
    order[j] = kept
  }
  return order
}

/** The upper 32 of the 64 bits of a product of two words: doubles hold each half of it exactly. */
function highWord(a: number, b: number): number {
  return Math.floor(((a >>> 16) * b + Math.floor(((a & 0xffff) * b) / 65536)) / 65536)
}
