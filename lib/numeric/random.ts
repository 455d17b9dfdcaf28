import { threefry2x32 } from './threefry.ts'

/**
 * A stream of uniform random numbers from a Threefry key and a counter. Distributions are functions over a stream
 * (`normal(random)`, `gamma(random, shape, rate)`), in files of their own.
 */
export class Random {
  private readonly key0: number
  private readonly key1: number
  private readonly block = new Uint32Array(2)
  private counter0 = 0
  private counter1 = 0
  private used = 2

  constructor(key0: number, key1: number) {
    this.key0 = key0
    this.key1 = key1
  }

  /** A 32-bit unsigned integer. */
  uint32(): number {
    if (this.used === 2) {
      threefry2x32(this.key0, this.key1, this.counter0, this.counter1, this.block)
      this.counter0 = (this.counter0 + 1) >>> 0
      if (this.counter0 === 0) this.counter1 = (this.counter1 + 1) >>> 0
      this.used = 0
    }
    return this.block[this.used++] as number
  }

  /** Uniform on [0, 1) with 53 random bits. */
  uniform(): number {
    const high = this.uint32() >>> 5
    const low = this.uint32() >>> 6
    return (high * 67108864 + low) / 9007199254740992
  }

  /** Uniform integer in [0, count), without bias. */
  integer(count: number): number {
    const limit = 4294967296 - (4294967296 % count)
    for (;;) {
      const word = this.uint32()
      if (word < limit) return word % count
    }
  }

  /** A random order of 0 … count-1 (Fisher and Yates). */
  permutation(count: number): Uint32Array {
    const order = Uint32Array.from({ length: count }, (_, i) => i)
    for (let i = count - 1; i > 0; i--) {
      const j = this.integer(i + 1)
      const kept = order[i] as number
      order[i] = order[j] as number
      order[j] = kept
    }
    return order
  }
}
