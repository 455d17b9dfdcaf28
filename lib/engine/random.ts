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

function hashOf(key0: number, key1: number): (position: number) => number {
  return position => {
    let x = Math.imul((position + key0) | 0, 0x9e3779b1)
    x ^= x >>> 16
    x = Math.imul(x, 0x7feb352d)
    x = ((x ^ (x >>> 15)) + key1) | 0
    x = Math.imul(x, 0x846ca68b)
    return (x ^ (x >>> 16)) >>> 0
  }
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
    const j = Number((BigInt(bits(i)) * BigInt(i + 1)) >> 32n)
    const kept = order[i] as number
    order[i] = order[j] as number
    order[j] = kept
  }
  return order
}
