/** The data set of a run, as far as it is known. */
export interface DataFacts {
  readonly title: string
  /** SHA-256. */
  readonly checksum: string
  /** `simulated`, the name of a public set, or `event-log` for one's own. */
  readonly name?: string
  /** ISO 4217. */
  readonly currency?: string
  readonly customers?: number
  /** Days of the first and last event, `YYYY-MM-DD`. */
  readonly firstDay?: string
  readonly lastDay?: string
}

/** What is said of a data set, reduced to what it should hold; undefined without title or checksum. */
export function dataFacts(said: unknown): DataFacts | undefined {
  if (typeof said !== 'object' || said === null) return undefined
  const { title, checksum, name, currency, customers, firstDay, lastDay } = said as Readonly<Record<string, unknown>>
  if (typeof title !== 'string' || typeof checksum !== 'string') return undefined
  return {
    title,
    checksum,
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof currency === 'string' && currency !== '' ? { currency } : {}),
    ...(typeof customers === 'number' ? { customers } : {}),
    ...(isDay(firstDay) && isDay(lastDay) ? { firstDay, lastDay } : {}),
  }
}

const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
