import { observe, outcome, windows, type EventLog, type Windows } from '../data/index.ts'
import { FitError } from '../errors/index.ts'
import { coreFeatures, outcomes, type CoreRow, type OutcomeRow } from '../features/index.ts'
import type { Task } from '../models/index.ts'
import type { ObservedEvents, OutcomeWindow, Table } from '../schema/index.ts'

/** A task that also knows where its log was cut, so that results of unlike cuts never meet in one table. */
export interface SplitTask<F extends CoreRow = CoreRow> extends Task<F> {
  readonly windows: Windows
}

/** What happened after the cutoff, and in which window. Kept apart from the task: no model ever sees it. */
export interface SplitOutcome {
  readonly window: OutcomeWindow
  /** One row per customer of the task. */
  readonly rows: Table<OutcomeRow, 'outcome'>
}

/** Features of the customers of some observed events, at least the core columns. */
export type MakeFeatures<F extends CoreRow> = (
  observed: ObservedEvents,
  options: { readonly horizon: number },
) => Promise<Table<F>>

export interface TaskOptions {
  /** First day that counts; the log's first day unless given. */
  readonly observeFrom?: string
  /** First day not seen. */
  readonly cutoff: string
  /** Days to predict. */
  readonly horizon: number
}

/**
 * Everything that a model may see: the customers at the cutoff, and the earlier window of min(horizon, half of the history)
 * days that learners train on. Nothing is read from the cutoff on. The same features are made for both windows.
 * Errors: `UsageError` for days that cannot be, `FitError` when nobody bought before the cutoff.
 */
export async function buildTask<F extends CoreRow = CoreRow>(
  log: EventLog,
  options: TaskOptions & { readonly features?: MakeFeatures<F> },
): Promise<SplitTask<F>> {
  const { observeFrom = log.facts.firstDay, cutoff, horizon } = options
  const features = options.features ?? (coreFeatures as unknown as MakeFeatures<F>)
  const cut = windows({ observeFrom, cutoff, horizon })
  await using observed = await observe(log, cut.observed)
  const customers = await features(observed, { horizon })
  if (customers.length === 0) {
    throw new FitError({
      code: 'no-customers',
      what: `nobody bought between ${observeFrom} and the cutoff ${cutoff}`,
      where: `a log from ${log.facts.firstDay} to ${log.facts.lastDay}`,
      remedy: 'choose a cutoff after the first purchases',
    })
  }
  const trained = cut.training.outcome.horizon
  await using earlier = await observe(log, cut.training.observed)
  const before = await features(earlier, { horizon: trained })
  // A forecast may start after the log's last event: the quiet days up to the cutoff are part of the history.
  await using between = await outcome(log.quietUntil(cutoff), cut.training.outcome)
  const after = await outcomes(between, idsOf(before))
  return { customers, training: { features: before, outcome: after, horizon: trained }, horizon, windows: cut }
}

/** What the task's customers did in its horizon. Errors: `UsageError` when the log ends before the horizon does. */
export async function buildOutcome<F extends CoreRow>(log: EventLog, task: SplitTask<F>): Promise<SplitOutcome> {
  const window = task.windows.outcome
  await using happened = await outcome(log, window)
  return { window, rows: await outcomes(happened, idsOf(task.customers)) }
}

/** What `outcomes` asks for, whatever other columns there are. */
function idsOf<F extends CoreRow>(customers: Table<F>): Table<{ readonly customer_id: string }> {
  return customers.select('customer_id') as unknown as Table<{ readonly customer_id: string }>
}
