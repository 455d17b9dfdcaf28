/** The generator once more, in whole numbers of any length, from its papers and definitions; shares no code with the engine. */

const WORD = 1n << 32n
const word = (x: bigint): bigint => ((x % WORD) + WORD) % WORD
const turned = (x: bigint, by: bigint): bigint => word(x << by) | (x >> (32n - by))

/** Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror and Shaw 2011, section 4.2 and table 2). */
export function threefry(key: readonly [bigint, bigint], counter: readonly [bigint, bigint]): readonly [bigint, bigint] {
  const rotations = [13n, 15n, 26n, 6n, 17n, 29n, 16n, 24n] as const
  // the parity of Skein's key schedule
  const keys = [key[0], key[1], 0x1bd11bdan ^ key[0] ^ key[1]] as const
  let [left, right] = [word(counter[0] + keys[0]), word(counter[1] + keys[1])]
  for (let round = 0; round < 20; round++) {
    left = word(left + right)
    right = turned(right, rotations[round % 8] as bigint) ^ left
    if (round % 4 < 3) continue
    const injection = (round + 1) / 4
    left = word(left + (keys[injection % 3] as bigint))
    right = word(right + (keys[(injection + 1) % 3] as bigint) + BigInt(injection))
  }
  return [left, right]
}

/** What an element is made of: multiply, xor-shift, with both words of the key put in. */
function mixed(position: bigint, [first, second]: readonly [bigint, bigint]): bigint {
  let x = word((position + first) * 0x9e3779b1n)
  x ^= x >> 16n
  x = word(x * 0x7feb352dn)
  x = word((x ^ (x >> 15n)) + second)
  x = word(x * 0x846ca68bn)
  return x ^ (x >> 16n)
}

/** What fixes draws. */
export interface Key {
  readonly key0: number
  readonly key1: number
  readonly step: number
}

const keyOf = ({ key0, key1, step }: Key, stream: number): readonly [bigint, bigint] =>
  threefry([BigInt(key0), BigInt(key1)], [BigInt(step), BigInt(stream)])

const each = (count: number, of: (position: bigint) => number): number[] => Array.from({ length: count }, (_, i) => of(BigInt(i)))

/** The first so many words of a stream. */
export const words = (key: Key, stream: number, count: number): number[] => {
  const own = keyOf(key, stream)
  return each(count, position => Number(mixed(position, own)))
}

/** Their upper 24 bits, in [0, 1). */
export const uniforms = (key: Key, stream: number, count: number): number[] =>
  words(key, stream, count).map(bits => Math.floor(bits / 256) / 16777216)

/** The cosine branch of Box and Muller (1958); the second uniform is of the words of the key exchanged. */
export const normals = (key: Key, stream: number, count: number): number[] => {
  const [first, second] = keyOf(key, stream)
  const other = each(count, position => Math.floor(Number(mixed(position, [second, first])) / 256) / 16777216)
  return uniforms(key, stream, count).map(
    (u, i) => Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * (other[i] as number)),
  )
}

/** The order of so many rows in an epoch: Fisher and Yates from above, each place by the upper word of a product. */
export function order(key0: number, key1: number, epoch: number, count: number): number[] {
  const own = keyOf({ key0, key1, step: epoch }, 0xffffffff)
  const rows = Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = Number((mixed(BigInt(i), own) * BigInt(i + 1)) >> 32n)
    ;[rows[i], rows[j]] = [rows[j] as number, rows[i] as number]
  }
  return rows
}
