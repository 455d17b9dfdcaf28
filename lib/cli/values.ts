import { parseDay, type ColumnMap } from '../data/index.ts'
import { nearest, UsageError } from '../errors/index.ts'

/** A hundred years: longer is a slip of the hand. */
const LONGEST = 36_525

/** Days from `180d`, `26w` or `180`. Errors: `UsageError` unless it is a whole number of days from 1 to a hundred years. */
export function parseHorizon(text: string): number {
  const [, digits, unit] = /^(\d{1,6})([dw]?)$/.exec(text.trim()) ?? []
  const days = digits === undefined ? NaN : Number(digits) * (unit === 'w' ? 7 : 1)
  if (days >= 1 && days <= LONGEST) return days
  throw new UsageError({
    code: 'bad-horizon',
    what: `the horizon is "${text}", which is no number of days from 1 to ${LONGEST.toLocaleString('en-US')}`,
    where: '--horizon',
    remedy: 'write days or weeks, such as 180d or 26w',
  })
}

/** A day as it was written. Errors: `UsageError` for anything but YYYY-MM-DD. */
export function requireDay(text: string, option: string): string {
  parseDay(text, option)
  return text
}

/** A whole number. Errors: `UsageError` unless it lies within the bounds. */
export function parseWhole(text: string, option: string, least: number, most: number): number {
  const value = /^-?\d{1,16}$/.test(text.trim()) ? Number(text) : NaN
  if (value >= least && value <= most) return value
  throw new UsageError({
    code: 'bad-number',
    what: `"${text}" is no whole number from ${least} to ${most}`,
    where: option,
    remedy: `give one, such as ${option} ${Math.max(least, 1)}`,
  })
}

const MAPPED = [
  'customer',
  'time',
  'amount',
  'price',
  'quantity',
  'kind',
  'order',
  'product',
  'category',
  'channel',
  'country',
  'rating',
  'text',
] as const satisfies readonly (keyof ColumnMap)[]

/** A mapping from `customer=id,time=when,amount=total`; a column's name may hold anything but a comma. Errors: `UsageError`. */
export function parseMap(text: string): ColumnMap {
  const map: Partial<Record<keyof ColumnMap, string>> = {}
  for (const part of text.split(',')) {
    const at = part.indexOf('=')
    const key = (at < 0 ? part : part.slice(0, at)).trim()
    const column = at < 0 ? '' : part.slice(at + 1).trim()
    if (!isMapped(key)) {
      const near = nearest(key, MAPPED)
      throw badMap(
        `"${key}" is nothing that can be mapped${near === undefined ? '' : `; perhaps "${near}" is meant`}`,
        `one of ${MAPPED.join(', ')}`,
      )
    }
    if (column === '') throw badMap(`"${part.trim()}" names no column`, `write ${key}=COLUMN`)
    if (map[key] !== undefined) throw badMap(`${key} is mapped twice`, 'map it once')
    map[key] = column
  }
  const { customer, time } = map
  if (customer === undefined || time === undefined)
    throw badMap(`${customer === undefined ? 'customer' : 'time'} is not mapped`, 'write --map customer=…,time=…,amount=…')
  return { ...map, customer, time }
}

const isMapped = (key: string): key is keyof ColumnMap => (MAPPED as readonly string[]).includes(key)

function badMap(what: string, remedy: string): UsageError {
  return new UsageError({ code: 'bad-map', what, where: '--map', remedy })
}
