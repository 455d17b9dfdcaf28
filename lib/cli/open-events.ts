import fs from 'node:fs'
import { addDays, daysBetween, openDataset, openLog, placeOf, USUAL_WINDOWS, type EventLog } from '../data/index.ts'
import { DataError, UsageError } from '../errors/index.ts'
import type { TaskOptions } from '../compare/index.ts'
import type { Io } from './io.ts'
import { parseHorizon, parseMap, requireDay } from './values.ts'

/** An event log: a file with `--map`, or the folder or file of a known data set. Errors: `DataError`, `UsageError`. */
export async function openEvents(
  place: string,
  { map, 'time-format': format }: { readonly map: string | undefined; readonly 'time-format': string | undefined },
): Promise<EventLog> {
  if (map !== undefined) {
    const columns = parseMap(map)
    if (fs.existsSync(place) && fs.statSync(place).isDirectory()) {
      throw new UsageError({
        code: 'map-of-folder',
        what: 'a folder has no columns to map',
        where: place,
        remedy: 'name a file, or leave --map out for the folder of a known data set',
      })
    }
    return await openLog(place, { map: columns, ...(format === undefined ? {} : { formats: [format] }) })
  }
  if (format !== undefined) {
    throw new UsageError({
      code: 'format-without-map',
      what: 'times are declared, but no column of times is mapped',
      where: '--time-format',
      remedy: 'add --map customer=COLUMN,time=COLUMN,amount=COLUMN, or leave --time-format out for a known data set',
    })
  }
  try {
    return await openDataset(place)
  } catch (error) {
    if (!(error instanceof DataError && error.code === 'unknown-dataset') || fs.statSync(place).isDirectory()) throw error
    throw new UsageError({
      code: 'no-map',
      what: 'the file is of no known data set, so its columns need a name',
      where: place,
      remedy: 'add --map customer=COLUMN,time=COLUMN,amount=COLUMN',
    })
  }
}

/** The windows asked for; for a known data set its usual ones where nothing is asked. Errors: `UsageError`. */
export function windowsOf(
  log: EventLog,
  asked: {
    readonly cutoff: string | undefined
    readonly horizon: string | undefined
    readonly 'observe-from': string | undefined
  },
): Required<TaskOptions> {
  const usual = USUAL_WINDOWS[log.facts.name]
  const cutoff = asked.cutoff === undefined ? usual?.cutoff : requireDay(asked.cutoff, '--cutoff')
  const horizon = asked.horizon === undefined ? usual?.horizon : parseHorizon(asked.horizon)
  if (cutoff === undefined || horizon === undefined) {
    throw new UsageError({
      code: 'no-window',
      what: `${cutoff === undefined ? '--cutoff' : '--horizon'} is missing`,
      remedy: 'say from which day on and for how long, such as --cutoff 2011-06-09 --horizon 180d',
    })
  }
  if (daysBetween(cutoff, '9999-12-31') < horizon)
    throw new UsageError({
      code: 'horizon-too-long',
      what: `${horizon} days from ${cutoff} end after the year 9999`,
      where: '--horizon',
      remedy: 'choose an earlier cutoff',
    })
  const observeFrom =
    asked['observe-from'] === undefined
      ? ((asked.cutoff === undefined ? usual?.observeFrom : undefined) ?? log.facts.firstDay)
      : requireDay(asked['observe-from'], '--observe-from')
  return { observeFrom, cutoff, horizon }
}

/** Tells on stderr how many rows were used, and which were not, why, and where the first of each kind stands. */
export async function tellRows(log: EventLog, io: Io): Promise<void> {
  const { rowsIn, rowsOut, rejected } = log.facts.counts
  io.stderr(`${count(rowsIn)} rows read, ${count(rowsOut)} used, ${count(rowsIn - rowsOut)} rejected\n`)
  const firsts = new Map((await log.firstRejected()).map(row => [row.reason, row]))
  for (const { reason, rows } of rejected) {
    const first = firsts.get(reason)
    io.stderr(`  ${count(rows)} ${reason}${first === undefined ? '' : `, first on ${placeOf(first)}`}\n`)
  }
}

/** A sentence when the days before the cutoff are not all covered by the log. */
export function quietDays({ facts }: EventLog, cutoff: string): string | undefined {
  if (addDays(facts.lastDay, 1) >= cutoff) return undefined
  return `the log ends on ${facts.lastDay}: the ${daysBetween(facts.lastDay, cutoff) - 1} days from then to the cutoff count as days without a purchase`
}

export const count = (value: number): string => value.toLocaleString('en-US')

/** A number with its noun: `1 row`, `2,000 rows`. */
export const counted = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? '' : 's'}`
