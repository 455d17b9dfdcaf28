import { UsageError } from '../errors/index.ts'
import type { ObservationWindow, OutcomeWindow } from '../schema/index.ts'
import { addDays, daysBetween } from './days.ts'

/** The windows of one prediction task: what is observed, what is predicted, and the earlier window that learners train on. */
export interface Windows {
  readonly observed: ObservationWindow
  readonly outcome: OutcomeWindow
  readonly training: { readonly observed: ObservationWindow; readonly outcome: OutcomeWindow }
}

/**
 * The training window is min(horizon, half of the history before the cutoff, rounded down) days long and ends at the cutoff;
 * learners' features end where it begins, and their outcome is scaled by horizon / its length.
 */
export function windows({ observeFrom, cutoff, horizon }: ObservationWindow & { readonly horizon: number }): Windows {
  const history = daysBetween(observeFrom, cutoff)
  if (history < 1) {
    throw new UsageError({
      code: 'empty-window',
      what: `the cutoff ${cutoff} does not lie after ${observeFrom}, the first day that is observed`,
      where: 'cutoff',
      remedy: 'choose a later cutoff, or observe from an earlier day',
    })
  }
  const length = Math.min(horizon, Math.floor(history / 2))
  if (length < 1) {
    throw new UsageError({
      code: 'no-history',
      what: `there is only one day between ${observeFrom} and the cutoff ${cutoff}`,
      where: 'cutoff',
      remedy: 'choose a later cutoff, so that learners have a window to train on',
    })
  }
  const trainingCutoff = addDays(cutoff, -length)
  return {
    observed: { observeFrom, cutoff },
    outcome: { cutoff, horizon },
    training: { observed: { observeFrom, cutoff: trainingCutoff }, outcome: { cutoff: trainingCutoff, horizon: length } },
  }
}

/** Where the known data sets are usually cut. */
export const USUAL_WINDOWS: Readonly<Record<string, ObservationWindow & { readonly horizon: number }>> = {
  'online-retail': { observeFrom: '2010-12-01', cutoff: '2011-06-09', horizon: 180 },
  cdnow: { observeFrom: '1997-01-01', cutoff: '1997-10-01', horizon: 273 },
  simulated: { observeFrom: '2023-01-01', cutoff: '2024-01-01', horizon: 180 },
}
