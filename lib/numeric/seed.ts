import { Random } from './random.ts'
import { threefry2x32 } from './threefry.ts'

const block = new Uint32Array(2)

/**
 * A node of the seed tree. All randomness of a run hangs under one root: a child is named by a label, and its
 * numbers depend on the path of labels alone, not on what was drawn elsewhere or in which order.
 *
 *     const root = Seed.of(42)
 *     const fold = root.child('fold').child(3)
 *     fold.random().uniform()
 */
export class Seed {
  readonly key0: number
  readonly key1: number

  private constructor(key0: number, key1: number) {
    this.key0 = key0 >>> 0
    this.key1 = key1 >>> 0
  }

  /** The root for a number (any integer within ±2^53). */
  static of(seed: number): Seed {
    return new Seed(seed >>> 0, Math.floor(seed / 4294967296) >>> 0)
  }

  /** The node that has these two words, as a node tells them (`key0`, `key1`). */
  static at([key0, key1]: readonly [number, number]): Seed {
    return new Seed(key0, key1)
  }

  /** The child of this node under a label; unequal labels give independent streams. */
  child(label: string | number): Seed {
    const text = typeof label === 'number' ? `#${label}` : `$${label}`
    let key0 = this.key0
    let key1 = this.key1
    for (let i = 0; i < text.length; i += 2) {
      threefry2x32(key0, key1, text.charCodeAt(i), i + 1 < text.length ? text.charCodeAt(i + 1) + 1 : 0, block)
      key0 = block[0] as number
      key1 = block[1] as number
    }
    return new Seed(key0, key1)
  }

  /** A fresh stream of random numbers that starts at this node. */
  random(): Random {
    return new Random(this.key0, this.key1)
  }
}
