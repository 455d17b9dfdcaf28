import type { Cell } from './table.ts'

/** How a column is shown: the name of its type for people, and its values as text, alike within the column. */
export interface ShownColumn {
  readonly type: 'number' | 'text' | 'date' | 'yes/no' | 'empty'
  readonly cells: readonly string[]
}

/** What stands for a missing value. */
export const MISSING = '–'

const GROUPS = /\B(?=(\d{3})+(?!\d))/g

/** Formats values of one column: one number of decimals for all, dates without their time where all are midnights. */
export function formatColumn(values: readonly Cell[]): ShownColumn {
  const known = values.filter(value => !isMissing(value))
  const first = known[0]
  if (first === undefined) return { type: 'empty', cells: values.map(() => MISSING) }
  const format =
    typeof first === 'number' ? numberFormat(known as number[]) : first instanceof Date ? dateFormat(known as Date[]) : textFormat
  const type =
    typeof first === 'number' ? 'number' : typeof first === 'boolean' ? 'yes/no' : first instanceof Date ? 'date' : 'text'
  return { type, cells: values.map(value => (isMissing(value) ? MISSING : format(value as never))) }
}

/** Thousands with commas, whatever the machine's language. */
export function grouped(value: number, decimals = 0): string {
  const [whole, fraction] = value.toFixed(decimals).split('.') as [string, string | undefined]
  return whole.replace(GROUPS, ',').replace('-', '−') + (fraction === undefined ? '' : `.${fraction}`)
}

function numberFormat(values: readonly number[]): (value: number) => string {
  const sizes = values.filter(Number.isFinite).map(Math.abs)
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0)
  const smallest = sizes.filter(size => size > 0).reduce((a, b) => Math.min(a, b), Infinity)
  if (largest >= 1e15 || smallest < 1e-4) return value => (value === 0 ? '0' : value.toExponential(3).replaceAll('-', '−'))
  const decimals = values.every(value => Number.isInteger(value) || !Number.isFinite(value))
    ? 0
    : largest >= 10
      ? 2
      : largest >= 0.1
        ? 3
        : 5
  return value => (Number.isFinite(value) ? grouped(value, decimals) : value > 0 ? '∞' : '−∞')
}

function dateFormat(values: readonly Date[]): (value: Date) => string {
  const midnights = values.every(value => value.getTime() % 86_400_000 === 0)
  return value => (midnights ? value.toISOString().slice(0, 10) : value.toISOString().slice(0, 19).replace('T', ' '))
}

function textFormat(value: string | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const line = value.replace(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

/** Nothing, or a number that is none. */
export const isMissing = (value: Cell): boolean =>
  value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))
