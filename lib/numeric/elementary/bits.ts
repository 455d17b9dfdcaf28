/**
 * @file The elementary functions of this folder are written in plain arithmetic. The language leaves the last bits of `Math.exp`
 * and its kin to the host, and hosts differ; these use only +, -, *, /, rounding to integers and exact scaling by powers of two,
 * so they give the same bits everywhere. Errors are stated in ulp, units of the last place of the result.
 */

const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0

/** 2^k for an integer k, exact; 0 below and Infinity above the range of doubles. */
export function exp2i(k: number): number {
  if (k > 1023) return Infinity
  if (k < -1074) return 0
  if (k < -1022) return exp2i(k + 60) * 8.673617379884035e-19
  words[HIGH] = (k + 1023) << 20
  words[1 - HIGH] = 0
  return float[0] as number
}

/** The integer k with 2^k <= x < 2^(k+1), for a normal x > 0. */
export function exponentOf(x: number): number {
  float[0] = x
  return ((words[HIGH] as number) >>> 20) - 1023
}

/** The same digits scaled into [1, 2), for a normal x > 0. */
export function mantissaOf(x: number): number {
  float[0] = x
  words[HIGH] = ((words[HIGH] as number) & 0xfffff) | 0x3ff00000
  return float[0] as number
}
