import { SchemaError, UsageError } from '../../errors/index.ts'
import { log } from '../../numeric/index.ts'
import type { Cell, Row, Table } from '../../schema/index.ts'
import { quantile } from '../transforms/columns.ts'
import type { OutcomeRow } from '../core-row.ts'
import { selection, type NumericNames, type Selection } from './selection.ts'

/**
 * Mutual information of two columns, nats: the sum over cells of p(x, y) log(p(x, y) / (p(x) p(y))) (Cover and Thomas,
 * Elements of Information Theory, eq. 2.28), with numbers cut at quantiles and missing values as a class of their own.
 * The estimate is biased upwards by about (classes - 1)(classes - 1) / 2n, so compare columns with each other, not with
 * zero.
 */
export function mutualInformation(
  x: ArrayLike<Cell>,
  y: ArrayLike<Cell>,
  { bins = 10 }: { readonly bins?: number } = {},
): number {
  if (x.length !== y.length) {
    throw new SchemaError({
      code: 'unequal-lengths',
      what: `one column has ${x.length} values, the other ${y.length}`,
      where: 'mutualInformation',
      remedy: 'give two columns of one table',
    })
  }
  if (x.length === 0) return 0
  const [a, b] = [classes(x, bins), classes(y, bins)]
  const joint = new Float64Array(a.count * b.count)
  const [left, right] = [new Float64Array(a.count), new Float64Array(b.count)]
  for (let i = 0; i < x.length; i++) {
    const [row, column] = [a.codes[i] as number, b.codes[i] as number]
    joint[row * b.count + column] = (joint[row * b.count + column] as number) + 1
    left[row] = (left[row] as number) + 1
    right[column] = (right[column] as number) + 1
  }
  const sum = joint.reduce((total, n, cell) => {
    if (n === 0) return total
    const expected = (left[Math.floor(cell / b.count)] as number) * (right[cell % b.count] as number)
    return total + (n / x.length) * log((n * x.length) / expected)
  }, 0)
  return Math.max(0, sum)
}

/** Numeric columns of a labelled table that are not of the outcome. */
type Feature<R extends Row, T> = Exclude<NumericNames<R>, T | keyof OutcomeRow>

const OUTCOME = new Set<string>(['future_value', 'future_purchases', 'buys_again'] satisfies (keyof OutcomeRow)[])

/**
 * Keeps the columns that say most of a target: the `top` ones, or those of at least `min` nats. The target is an
 * outcome, so this takes a labelled table: features of a training window joined with what happened in it, never that of
 * the test. Columns of the outcome are never candidates.
 */
export function selectByMutualInformation<R extends Row, T extends keyof R & string>(
  training: Table<R, 'labelled'>,
  options: {
    readonly target: T
    readonly columns?: readonly Feature<R, T>[]
    readonly top?: number
    readonly min?: number
    readonly bins?: number
  },
): Selection<Feature<R, T>> {
  training.requireWhen('labelled', 'selectByMutualInformation')
  const { target, top, min = 0, bins = 10 } = options
  if (!(Number.isInteger(bins) && bins >= 2)) {
    throw new UsageError({ code: 'bad-bins', what: `mutual information was asked for ${bins} bins`, remedy: 'ask for 2 or more' })
  }
  const candidates = (training.numericNames() as readonly string[]).filter(name => name !== target && !OUTCOME.has(name))
  const names = options.columns ?? (candidates as unknown as readonly Feature<R, T>[])
  const outcome = training.column(target) as ArrayLike<Cell>
  const against = (name: Feature<R, T>): number => mutualInformation(training.column(name) as ArrayLike<Cell>, outcome, { bins })
  const scores = Object.fromEntries(names.map(name => [name, against(name)]))
  const ranked = [...names].sort((a, b) => (scores[b] as number) - (scores[a] as number) || (a < b ? -1 : 1))
  const best = new Set<string>(ranked.slice(0, top ?? ranked.length))
  return selection(names, scores, name => {
    const score = scores[name] as number
    if (!best.has(name)) return `${top} other columns say more of "${target}"`
    return score >= min ? undefined : `it says ${score.toFixed(4)} nats of "${target}", less than ${min}`
  })
}

/** Each value's class as a number; classes are numbered by their names, so that the order of rows is nothing. */
function classes(values: ArrayLike<Cell>, bins: number): { readonly codes: Int32Array; readonly count: number } {
  const known = Float64Array.from(
    Array.from(values).filter(value => typeof value === 'number' && !Number.isNaN(value)) as number[],
  ).sort()
  const cuts = Array.from({ length: bins - 1 }, (_, i) => (known.length > 0 ? quantile(known, (i + 1) / bins) : 0))
  const edges = [...new Set(cuts)]
  const names = Array.from(values, value => nameOf(value, edges))
  const numbers = new Map([...new Set(names)].sort().map((name, i) => [name, i]))
  return { codes: Int32Array.from(names, name => numbers.get(name) as number), count: numbers.size }
}

function nameOf(value: Cell, edges: readonly number[]): string {
  if (value === null || (typeof value === 'number' && Number.isNaN(value))) return 'missing'
  if (typeof value === 'number') return `bin ${edges.filter(edge => edge < value).length}`
  return `value ${value instanceof Date ? value.toISOString() : String(value)}`
}
