import { UsageError } from '../errors/index.ts'
import { type Table, type ObservedEvents } from '../schema/index.ts'
import type { CoreRow } from './core-row.ts'
import { requireCutoff, requireObserved } from './guard.ts'
import { coreSql } from './sql/core.ts'

const DAY = 86_400_000

/**
 * One row per customer with a purchase before the cutoff, ordered by customer_id.
 *
 * @param options.horizon days that will be predicted; the last period is min(horizon, half of the history) days
 * @param options.cutoff where a whole split is handed in: it must be that of the events
 * @throws LeakageError when events of the outcome are handed in, or events up to another cutoff
 */
export async function coreFeatures(
  observed: ObservedEvents,
  { horizon, cutoff }: { readonly horizon: number; readonly cutoff?: string },
): Promise<Table<CoreRow>> {
  requireObserved(observed, 'coreFeatures')
  requireCutoff(observed, cutoff, 'coreFeatures')
  if (!(Number.isInteger(horizon) && horizon >= 1)) {
    throw new UsageError({
      code: 'bad-horizon',
      what: `the horizon is ${horizon}`,
      remedy: 'give a whole number of days, at least 1',
    })
  }
  const history = (Date.parse(observed.window.cutoff) - Date.parse(observed.window.observeFrom)) / DAY
  const lastPeriod = Math.max(1, Math.min(horizon, Math.floor(history / 2)))
  return await observed.query<CoreRow>(coreSql(observed.window, lastPeriod))
}
