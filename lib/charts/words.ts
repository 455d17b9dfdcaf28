const SIGNS: Readonly<Record<string, string>> = { GBP: '£', USD: '$', EUR: '€' }

/** Money in words: `£1,234`, or `1,234` where the currency is not known. */
export function money(value: number, currency: string): string {
  const digits = Math.abs(value) >= 100 ? 0 : 2
  return `${SIGNS[currency] ?? (currency.length > 1 ? `${currency} ` : currency)}${value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`
}

/** The unit of a money axis. */
export const moneyUnit = (currency: string): string => (currency === '' ? 'in money' : `in ${SIGNS[currency] ?? currency}`)

/** As a sentence begins. */
export const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

/** A share in words: `37%`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)}%`
}

/** Where a share could lie, in words: `35–39%`. */
export function percentRange([low, high]: readonly [number, number]): string {
  return `${percent(low).replace(/%$/, '')}–${percent(high)}`
}

export const count = (value: number): string => value.toLocaleString('en-US')

/** Four significant digits: what a drawing can show, and no more to carry. */
export const significant = (value: number): number => Number(value.toPrecision(4))

/** `about 12,900`: three significant digits, for counts that are not exact. */
export const about = (value: number): string => `about ${count(Number(value.toPrecision(3)))}`

/** `A`, `A and B`, `A, B and C`. */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
