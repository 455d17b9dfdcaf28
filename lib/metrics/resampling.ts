import type { Seed } from '../numeric/index.ts'

/**
 * Customers drawn with replacement, so many times. Whoever has the same seed and as many customers sees the same resamples, so that all that is
 * said of them hangs together. Source: Efron and Tibshirani (1993), "An introduction to the bootstrap", chapter 13.
 */
export interface Resampling {
  readonly seed: Seed
  /** How many; none for no interval. */
  readonly resamples: number
}

/** How often each of the customers was drawn in one of the resamples. */
export function drawnIn(resample: number, { seed }: Resampling, customers: number): Uint32Array {
  const random = seed.child(resample).random()
  const drawn = new Uint32Array(customers)
  for (let i = 0; i < customers; i++) {
    const row = random.integer(customers)
    drawn[row] = (drawn[row] as number) + 1
  }
  return drawn
}
