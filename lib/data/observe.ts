import { UsageError } from '../errors/index.ts'
import {
  EVENT_COLUMNS,
  type Capability,
  type ObservationWindow,
  type ObservedEvents,
  type OutcomeEvents,
  type OutcomeWindow,
  type Row,
  type Table,
} from '../schema/index.ts'
import { Database } from './database.ts'
import { addDays, daysBetween, parseDay } from './days.ts'
import { databaseOf, type EventLog } from './event-log.ts'

/** What holds a database of its own until it is closed (`await using`, or `close()`); else until nothing refers to it. Tables made from it stay. */
export interface Held extends AsyncDisposable {
  close(): void
}

/** Events from `observeFrom` (the log's first day unless given) up to, not including, the cutoff. */
export async function observe<C extends Capability>(
  log: EventLog<C>,
  { observeFrom = log.facts.firstDay, cutoff }: { readonly observeFrom?: string; readonly cutoff: string },
): Promise<ObservedEvents<C> & Held> {
  if (parseDay(observeFrom, 'observeFrom') >= parseDay(cutoff, 'cutoff')) {
    throw new UsageError({
      code: 'empty-window',
      what: `the cutoff ${cutoff} does not lie after the first day ${observeFrom}`,
      remedy: 'choose a later cutoff',
    })
  }
  return new Observed<C>(await isolated(log, observeFrom, cutoff), { observeFrom, cutoff }, log.facts.capabilities)
}

/** Events from the cutoff up to, not including, cutoff + horizon days. Errors: `UsageError` when the log ends before. */
export async function outcome(log: EventLog, { cutoff, horizon }: OutcomeWindow): Promise<OutcomeEvents & Held> {
  if (!Number.isInteger(horizon) || horizon < 1) {
    throw new UsageError({
      code: 'bad-horizon',
      what: `the horizon is ${horizon}`,
      remedy: 'give a whole number of days, 1 or more',
    })
  }
  const end = addDays(cutoff, horizon)
  if (addDays(log.facts.lastDay, 1) < end) {
    const most = daysBetween(cutoff, log.facts.lastDay) + 1
    throw new UsageError({
      code: 'horizon-too-long',
      what: `the outcome would end on ${end}, but the log ends on ${log.facts.lastDay}`,
      where: `a horizon of ${horizon} days from ${cutoff}`,
      remedy:
        most < 1
          ? 'choose an earlier cutoff, or give a log that reaches further'
          : `choose an earlier cutoff or a horizon of at most ${most} days, or give a log that reaches further`,
    })
  }
  return new Outcome(await isolated(log, cutoff, end), { cutoff, horizon })
}

/**
 * A database of its own that holds nothing outside [from, to) and is locked: no SQL run on it can reach another day, the file that
 * the log was read from, or change what is there. What is known of a customer comes from the same days. Its events keep the log's order.
 */
async function isolated(log: EventLog, from: string, to: string): Promise<Database> {
  const [since, until] = [`timestamp '${from} 00:00:00'`, `timestamp '${to} 00:00:00'`]
  const source = databaseOf(log)
  const database = await Database.open(source.options)
  try {
    const columns = ['record', ...EVENT_COLUMNS].join(', ')
    const events = `select ${columns} from events where ts >= ${since} and ts < ${until}`
    await source.copyTo(database, 'events', events)
    await source.copyTo(database, 'customers', `select * from customers_between(${since}, ${until}) order by customer_id`)
    await database.lock()
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

class Observed<C extends Capability> implements ObservedEvents<C>, Held {
  readonly when = 'observed'
  readonly window: ObservationWindow
  readonly capabilities: ReadonlySet<Capability>
  private readonly database: Database

  constructor(database: Database, window: ObservationWindow, capabilities: ReadonlySet<Capability>) {
    this.database = database
    this.window = window
    this.capabilities = capabilities
  }

  has<K extends Capability>(capability: K): this is ObservedEvents<C | K> {
    return this.capabilities.has(capability)
  }

  async query<R extends Row>(sql: string): Promise<Table<R>> {
    return await this.database.table<R, 'observed'>(sql, 'observed')
  }

  close(): void {
    this.database.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close()
  }
}

class Outcome implements OutcomeEvents, Held {
  readonly when = 'outcome'
  readonly window: OutcomeWindow
  private readonly database: Database

  constructor(database: Database, window: OutcomeWindow) {
    this.database = database
    this.window = window
  }

  async query<R extends Row>(sql: string): Promise<Table<R, 'outcome'>> {
    return await this.database.table<R, 'outcome'>(sql, 'outcome')
  }

  close(): void {
    this.database.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close()
  }
}
