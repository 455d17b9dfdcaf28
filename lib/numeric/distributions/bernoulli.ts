import type { Random } from '../random.ts'

/** True with this probability. */
export function bernoulli(random: Random, probability: number): boolean {
  return random.uniform() < probability
}
