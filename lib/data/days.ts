import { UsageError } from '../errors/index.ts'

const DAY = 86_400_000

/** Midnight UTC of a `YYYY-MM-DD`, milliseconds. Errors: `UsageError` for anything else, 2011-02-30 included. */
export function parseDay(text: string, name: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN
  if (Number.isNaN(time) || formatDay(time) !== text) {
    throw new UsageError({
      code: 'bad-day',
      what: `${name} is "${text}", which is no day`,
      remedy: 'write it as YYYY-MM-DD, such as 2011-06-09',
    })
  }
  return time
}

/** The UTC day of a time in milliseconds, `YYYY-MM-DD`. */
export function formatDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

export function addDays(day: string, days: number): string {
  return formatDay(parseDay(day, 'day') + days * DAY)
}

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return (parseDay(to, 'to') - parseDay(from, 'from')) / DAY
}
