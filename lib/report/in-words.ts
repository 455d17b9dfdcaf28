import type { DataFacts } from './record/data-facts.ts'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const PUBLIC: readonly string[] = ['cdnow', 'online-retail']

/** `24 November 2026`; what is no such day stays as it is. */
export function dayInWords(date: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? []
  const name = MONTHS[Number(month) - 1]
  return name === undefined ? date : `${Number(day)} ${name} ${year}`
}

/** What a data set is: made up or real, how many customers, from when to when, in which currency; what is not known is left out. */
export function dataInWords({ name, customers, firstDay, lastDay, currency }: DataFacts): string {
  const kind =
    name === 'simulated'
      ? 'Simulated: made up by a program, no real shop and no real customer'
      : name !== undefined && PUBLIC.includes(name)
        ? 'Real: what customers of a real shop bought'
        : name === undefined
          ? ''
          : 'Data of one\u2019s own'
  return [
    kind,
    customers === undefined ? '' : `${customers.toLocaleString('en-US')} customers`,
    firstDay === undefined || lastDay === undefined ? '' : `${dayInWords(firstDay)} to ${dayInWords(lastDay)}`,
    currency === undefined ? '' : `Amounts in ${currency}`,
  ]
    .filter(each => each !== '')
    .join('. ')
}
