import { exp } from '../elementary/exponential.ts'
import type { Random } from '../random.ts'
import { normal } from './normal.ts'

/** e^X for X normal with this mean and standard deviation. */
export function logNormal(random: Random, mean: number, sd: number): number {
  return exp(mean + sd * normal(random))
}
