const PARITY = 0x1bd11bda
const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const

/**
 * Threefry-2x32 with 20 rounds: a block of two 32-bit words that depends on nothing but a key and a counter.
 * Source: Salmon, Moraes, Dror, Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", section 3.3.
 *
 * @param out receives the two words (unsigned, as stored in a Uint32Array) at positions 0 and 1
 */
export function threefry2x32(key0: number, key1: number, counter0: number, counter1: number, out: Uint32Array): void {
  const key2 = PARITY ^ key0 ^ key1
  const keys = [key0 | 0, key1 | 0, key2 | 0] as const
  let x0 = (counter0 + key0) | 0
  let x1 = (counter1 + key1) | 0
  for (let block = 0; block < 5; block++) {
    for (let i = 0; i < 4; i++) {
      const rotation = ROTATIONS[(block & 1) * 4 + i] as number
      x0 = (x0 + x1) | 0
      x1 = (x1 << rotation) | (x1 >>> (32 - rotation))
      x1 ^= x0
    }
    x0 = (x0 + (keys[(block + 1) % 3] as number)) | 0
    x1 = (x1 + (keys[(block + 2) % 3] as number) + block + 1) | 0
  }
  out[0] = x0
  out[1] = x1
}
