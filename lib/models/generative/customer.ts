import type { CoreRow } from '../../features/index.ts'
import type { Coder } from './coder.ts'
import { spendOf } from './customer-spend.ts'
import { timingOf } from './customer-timing.ts'
import type { Known, Shared } from './known.ts'

/**
 * A customer from independent parts: when they bought, then what they spent. All that follows from the rest is computed (the mean gap, the days since the
 * last purchase, the trend, …) and what remains is held to what the rest leaves possible, so that no part can contradict another: nobody buys before the
 * first day, nor spends more in a month than in all.
 */
export function customerOf(coder: Coder, known: Known, shared: Shared): Omit<CoreRow, 'customer_id'> {
  const timing = timingOf(coder, known, shared)
  return { ...shared, ...timing, ...spendOf(coder, known, timing, shared) }
}
