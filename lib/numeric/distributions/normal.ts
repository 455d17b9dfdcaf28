import { log } from '../elementary/logarithm.ts'
import type { Random } from '../random.ts'

/** A standard normal draw. Source: Marsaglia and Bray (1964), the polar method; one draw of the pair is used. */
export function normal(random: Random): number {
  for (;;) {
    const u = 2 * random.uniform() - 1
    const v = 2 * random.uniform() - 1
    const s = u * u + v * v
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * log(s)) / s)
  }
}
