import type { SplitOutcome, SplitTask } from '../../lib/compare/index.ts'
import { madeTask } from '../models/tiny-task.ts'

/** A made-up task of 100 days after 2024-04-10, and what happened. */
export function split(customers = 80, seed = 1): { readonly task: SplitTask; readonly outcome: SplitOutcome } {
  const { task, outcome } = madeTask(customers, seed)
  const window = { cutoff: '2024-04-10', horizon: 100 }
  const windows = {
    observed: { observeFrom: '2024-01-01', cutoff: '2024-04-10' },
    outcome: window,
    training: { observed: { observeFrom: '2024-01-01', cutoff: '2024-02-20' }, outcome: { cutoff: '2024-02-20', horizon: 50 } },
  }
  return { task: { ...task, windows }, outcome: { window, rows: outcome } }
}
