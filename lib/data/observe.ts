import { UsageError } from '../errors/index.ts'
import { type Capability, type ObservationWindow, type ObservedEvents, type OutcomeEvents, type OutcomeWindow, type Row, type Table } from '../schema/index.ts'
import { Database } from './database.ts'
import { addDays, parseDay } from './days.ts'
import type { EventLog } from './event-log.ts'

/** Events from `observeFrom` (the log's first day unless given) up to, not including, the cutoff. */
export async function observe<C extends Capability>(
  log: EventLog<C>,
  { observeFrom = log.facts.firstDay, cutoff }: { readonly observeFrom?: string; readonly cutoff: string },
): Promise<ObservedEvents<C>> {
  if (parseDay(observeFrom, 'observeFrom') >= parseDay(cutoff, 'cutoff')) {
    throw new UsageError({ code: 'empty-window', what: `the cutoff ${cutoff} does not lie after the first day ${observeFrom}`, remedy: 'choose a later cutoff' })
  }
  const database = await isolated(log, observeFrom, cutoff)
  await log.database.copyTo(database, 'customers', `select c.* from customers c where exists (select 1 from events e where e.customer_id = c.customer_id and ${within(observeFrom, cutoff)}) order by customer_id`)
  return new Observed<C>(database, { observeFrom, cutoff }, log.facts.capabilities)
}

/** Events from the cutoff up to, not including, cutoff + horizon days. Errors: `UsageError` when the log ends before. */
export async function outcome(log: EventLog, { cutoff, horizon }: OutcomeWindow): Promise<OutcomeEvents> {
  const end = addDays(cutoff, horizon)
  if (addDays(log.facts.lastDay, 1) < end) {
    throw new UsageError({
      code: 'horizon-too-long',
      what: `the outcome would end on ${end}, but the log ends on ${log.facts.lastDay}`,
      remedy: `choose an earlier cutoff or a horizon of at most ${(parseDay(log.facts.lastDay, 'lastDay') - parseDay(cutoff, 'cutoff')) / 86_400_000 + 1} days`,
    })
  }
  return new Outcome(await isolated(log, cutoff, end), { cutoff, horizon })
}

/** A database of its own that holds nothing outside [from, to): SQL run on it cannot reach the future. */
async function isolated(log: EventLog, from: string, to: string): Promise<Database> {
  const database = await Database.open(log.database.options)
  await log.database.copyTo(database, 'events', `select * from events e where ${within(from, to)} order by ts, customer_id, record`)
  return database
}

const within = (from: string, to: string): string => `e.ts >= timestamp '${from} 00:00:00' and e.ts < timestamp '${to} 00:00:00'`

class Observed<C extends Capability> implements ObservedEvents<C> {
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
}

class Outcome implements OutcomeEvents {
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
}


