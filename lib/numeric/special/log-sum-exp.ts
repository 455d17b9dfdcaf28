import { exp } from '../elementary/exponential.ts'
import { log } from '../elementary/logarithm.ts'

/** log Σ e^x without overflow; -Infinity for an empty list. */
export function logSumExp(values: ArrayLike<number>): number {
  let most = -Infinity
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) return NaN
    if (value > most) most = value
  }
  if (!Number.isFinite(most)) return most
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += exp((values[i] as number) - most)
  return most + log(sum)
}
