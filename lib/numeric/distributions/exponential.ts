import { log } from '../elementary/logarithm.ts'
import type { Random } from '../random.ts'

/** An exponential draw with this rate (mean 1 / rate), by inversion. */
export function exponential(random: Random, rate: number): number {
  return -log(1 - random.uniform()) / rate
}
