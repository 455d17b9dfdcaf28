import fs from 'node:fs'

/** Arguments, the value as the nearest double, and what that double leaves over; from mpmath, see make-golden.py. */
export type GoldenRow = readonly [readonly number[], number, number]

const all = JSON.parse(fs.readFileSync(new URL('./mpmath.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, readonly GoldenRow[]>
>

export function golden(name: string): readonly GoldenRow[] {
  const rows = all[name]
  if (rows === undefined) throw new Error(`no golden values of ${name}`)
  return rows
}

/** The distance between two neighbours at this size. */
export function ulp(x: number): number {
  const size = Math.abs(x)
  return 2 ** (Math.max(-1022, Math.floor(Math.log2(size))) - 52)
}

/** The largest error over the golden rows, in ulp. */
export function worstUlp(name: string, ours: (...at: number[]) => number): number {
  return Math.max(...golden(name).map(([at, value, rest]) => Math.abs(ours(...at) - value - rest) / ulp(value)))
}

/** The largest relative error over the golden rows. */
export function worstRelative(name: string, ours: (...at: number[]) => number): number {
  return Math.max(
    ...golden(name).map(([at, value, rest]) =>
      value === 0 ? Math.abs(ours(...at)) : Math.abs((ours(...at) - value - rest) / value),
    ),
  )
}
