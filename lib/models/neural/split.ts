import type { Seed } from '../../numeric/index.ts'

/** Rows that fit and rows that validate, each in ascending order. */
export interface Split {
  readonly fit: Uint32Array
  readonly validate: Uint32Array
}

/** Every customer falls on one side; at least one validates. The rounding is down for the part that fits. */
export function splitCustomers(count: number, validation: number, seed: Seed): Split {
  const order = seed.random().permutation(count)
  const size = Math.min(count - 1, Math.floor(count * (1 - validation)))
  return { fit: order.slice(0, size).sort(), validate: order.slice(size).sort() }
}
